import { describe, expect, it } from 'vitest';
import { readCentralOrigin } from '#main/adapters/central/central-origin.ts';

describe('the address of a central', () => {
  it.each([
    ['https://central.example', 'https://central.example'],
    ['https://central.example:8443/some/page?x=1#y', 'https://central.example:8443'],
    ['http://127.0.0.1:4000', 'http://127.0.0.1:4000'],
    ['http://localhost:4000/', 'http://localhost:4000'],
    ['http://[::1]:4000', 'http://[::1]:4000'],
  ])('%s is talked to at %s', (address, origin) => {
    expect(readCentralOrigin(address)?.origin).toBe(origin);
  });

  it.each([
    'http://central.example',
    'http://127.0.0.1.example',
    'ftp://127.0.0.1',
    'central.example',
    'file:///etc',
    '',
  ])('%s is refused', (address) => {
    expect(readCentralOrigin(address)).toBeUndefined();
  });
});
