import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DisplayPicture } from '#shared/contract/central/public.ts';
import {
  changeTickets,
  type SoldRaffle,
  startSoldRaffle,
} from '#test/helpers/central/reconciled-raffle.ts';

let raffle: SoldRaffle;

beforeEach(async () => {
  raffle = await startSoldRaffle();
});

afterEach(() => raffle.running.stop());

test('the page brings everything along, and may load nothing else', async () => {
  const page = await fetch(`${raffle.running.url}/display/TEST-1`);
  const text = await page.text();
  const policy = page.headers.get('content-security-policy') ?? '';
  const files = [...text.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path = '']) => path);
  const answers = await Promise.all(
    files.map(async (path) => (await fetch(raffle.running.url + path)).status),
  );
  expect({ status: page.status, policy: policy.split('; ')[0], files, answers }).toEqual({
    status: 200,
    policy: "default-src 'none'",
    files: [
      '/display-files/inter-latin.woff2',
      '/display-files/display.css',
      '/display-files/display.js',
    ],
    answers: [200, 200, 200],
  });
  expect(/<script(?![^>]*src=)|<style|\son\w+=/.test(text)).toBe(false);
  expect((await fetch(`${raffle.running.url}/display/NONE`)).status).toBe(404);
  expect((await fetch(`${raffle.running.url}/display-files/..%2fserver.ts`)).status).toBe(404);
});

test('a display hears of a void within seconds, and of the end of the process', async () => {
  const response = await fetch(`${raffle.running.url}/v1/public/raffle-events/TEST-1/stream`);
  const pictures = readPictures(response);
  const first = await pictures.next();
  expect(first.value?.jackpot.prizes.map(({ valueMinor }) => valueMinor)).toEqual([2_000]);
  await changeTickets(raffle, raffle.tickets[0], 'voided');
  let value = 2_000;
  while (value !== 1_500) {
    const { value: picture, done } = await pictures.next();
    if (done === true) throw new Error('the stream ended');
    value = picture.jackpot.prizes[0]?.valueMinor ?? 0;
  }
  const another = await raffle.running.startAnother();
  const other = readPictures(await fetch(`${another.url}/v1/public/raffle-events/TEST-1/stream`));
  await other.next();
  await another.stop();
  expect(await other.next()).toEqual({ value: undefined, done: true });
});

test('one source opens so many streams and no more', async () => {
  const address = `${raffle.running.url}/v1/public/raffle-events/TEST-1/stream`;
  const stop = new AbortController();
  const statuses: number[] = [];
  for (let opened = 0; opened < 26; opened += 1) {
    statuses.push((await fetch(address, { signal: stop.signal })).status);
  }
  stop.abort();
  expect(statuses).toEqual([...Array.from({ length: 25 }, () => 200), 429]);
});

async function* readPictures(response: Response): AsyncGenerator<DisplayPicture, undefined> {
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk).toString('utf8');
    const messages = text.split('\n\n');
    text = messages.pop() ?? '';
    for (const message of messages) {
      const data = /^data: (.*)$/m.exec(message)?.[1];
      if (data !== undefined) yield JSON.parse(data) as DisplayPicture;
    }
  }
  return undefined;
}
