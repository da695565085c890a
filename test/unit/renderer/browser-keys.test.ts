import { describe, expect, it } from 'vitest';
import { isForBrowser } from '#renderer/browser-keys.ts';

const PLAIN = { isControlOrCommandDown: false, isAltDown: false, isInField: false };
const CONTROL = { ...PLAIN, isControlOrCommandDown: true };

describe('keys of the browser around the till (GLI-31 3.2.4b)', () => {
  it.each([
    ['reload', { ...PLAIN, key: 'F5' }],
    ['developer tools', { ...PLAIN, key: 'F12' }],
    ['search', { ...PLAIN, key: 'F3' }],
    ['reload', { ...CONTROL, key: 'r' }],
    ['reload past the cache', { ...CONTROL, key: 'R' }],
    ['print', { ...CONTROL, key: 'p' }],
    ['save', { ...CONTROL, key: 's' }],
    ['search', { ...CONTROL, key: 'f' }],
    ['search, in a field too', { ...CONTROL, key: 'f', isInField: true }],
    ['source', { ...CONTROL, key: 'u' }],
    ['select the page', { ...CONTROL, key: 'a' }],
    ['back', { ...PLAIN, isAltDown: true, key: 'ArrowLeft' }],
    ['context menu', { ...PLAIN, key: 'ContextMenu' }],
  ])('%s does nothing: %o', (_function, press) => {
    expect(isForBrowser(press)).toBe(true);
  });

  it.each([
    ['a digit', { ...PLAIN, key: '7' }],
    ['a letter of a badge', { ...PLAIN, key: 'f', isInField: true }],
    ['Enter', { ...PLAIN, key: 'Enter' }],
    ['Tab', { ...PLAIN, key: 'Tab' }],
    ['Escape', { ...PLAIN, key: 'Escape' }],
    ['paste into a field', { ...CONTROL, key: 'v', isInField: true }],
    ['enlarge', { ...CONTROL, key: '+' }],
  ])('%s reaches the till: %o', (_key, press) => {
    expect(isForBrowser(press)).toBe(false);
  });
});
