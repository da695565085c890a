import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { startTestCentral, type TestCentral } from '#test/helpers/central/test-central.ts';

let running: TestCentral;

beforeAll(async () => {
  running = await startTestCentral();
});

afterAll(() => running.stop());

const documentSchema = z.object({
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.object({
        security: z.array(z.record(z.string(), z.array(z.string()))).optional(),
        summary: z.string().optional(),
        responses: z.record(z.string(), z.unknown()),
      }),
    ),
  ),
  components: z.object({
    securitySchemes: z.record(z.string(), z.unknown()),
    schemas: z.record(z.string(), z.unknown()),
  }),
});

test('the document says of every call who signs in for it, and names what it takes and gives', async () => {
  const response = await fetch(`${running.url}/v1/openapi.json`);
  const { paths, components } = documentSchema.parse(await response.json());
  const unexplained = Object.entries(paths).flatMap(([path, calls]) =>
    Object.entries(calls)
      .filter(([, call]) => {
        const scheme = Object.keys(call.security?.[0] ?? {})[0];
        if (path.startsWith('/v1/rsus/')) return scheme !== 'device';
        const isForPeople = /^\/v1\/(me|organisations|system)(\/|$)/.test(path);
        return isForPeople && (scheme !== 'person' || call.summary === undefined);
      })
      .map(([method]) => `${method} ${path}`),
  );
  expect({ unexplained, schemes: Object.keys(components.securitySchemes) }).toEqual({
    unexplained: [],
    schemes: ['person', 'device'],
  });
  expect(Object.keys(components.schemas)).toEqual(
    expect.arrayContaining(['Me', 'Member', 'MemberPage', 'Problem', 'PersonSession']),
  );
});

test('its page brings everything along: it asks nobody else for anything', async () => {
  const page = await fetch(`${running.url}/v1/documentation/`);
  const text = await page.text();
  const assets = [...text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address = '']) => address);
  expect(assets.length).toBeGreaterThan(3);
  const elsewhere = assets.filter((address) => /^(https?:)?\/\//.test(address));
  const answers = await Promise.all(
    assets.map(async (address) => {
      const response = await fetch(new URL(address, `${running.url}/v1/documentation/`));
      await response.arrayBuffer();
      return response.status;
    }),
  );
  expect({ elsewhere, missing: answers.filter((status) => status !== 200) }).toEqual({
    elsewhere: [],
    missing: [],
  });
});
