import { afterAll, beforeAll, describe, expect, test } from 'vitest';

/** A screen's end of a transport, whatever carries the frames. */
export interface ScreenClient {
  /** Sends one frame and resolves with its reply. */
  readonly request: (frame: unknown) => Promise<unknown>;
  /** Collects events until `stop` is called, which resolves with them. */
  readonly listen: () => Promise<{ readonly stop: () => Promise<readonly unknown[]> }>;
  /** Goes away, as a closed window does. */
  readonly leave: () => Promise<void>;
}

/** One carrier of frames between a screen and the echo terminal. */
export interface TransportHarness {
  readonly connect: () => Promise<ScreenClient>;
  readonly stop: () => Promise<void>;
}

const MALFORMED = {
  kind: 'reply',
  id: null,
  outcome: { ok: false, failure: { code: 'frame.malformed', detail: {} } },
};

function request(id: number, operation: string, input: unknown): object {
  return { kind: 'request', id, operation, input };
}

function announced(payload: unknown): object {
  return { kind: 'event', name: 'echo.announced', payload };
}

/** What every way between a screen and the terminal has to do, run against one of them. */
export function runTerminalTransportContract(
  name: string,
  start: () => Promise<TransportHarness>,
): void {
  describe(`a terminal transport ${name}`, () => {
    let harness: TransportHarness;
    let screen: ScreenClient;

    beforeAll(async () => {
      harness = await start();
      screen = await harness.connect();
    });

    afterAll(async () => {
      await harness.stop();
    });

    test('brings each reply to its own request', async () => {
      const inputs = ['first', { list: [1, 2.5, null, true], text: 'é 🎟 "\\' }, [], 0];
      const replies = await Promise.all(
        inputs.map((input, index) => screen.request(request(index, 'echo', input))),
      );
      expect(replies).toEqual(
        inputs.map((value, id) => ({ kind: 'reply', id, outcome: { ok: true, value } })),
      );
    });

    test('brings a refusal as a reply', async () => {
      expect(await screen.request(request(5, 'fly', null))).toEqual({
        kind: 'reply',
        id: 5,
        outcome: {
          ok: false,
          failure: { code: 'operation.unknown', detail: { operation: 'fly' } },
        },
      });
    });

    test.each([
      ['text', 'hello'],
      ['nothing', null],
      ['a list', []],
      ['no id', { kind: 'request', operation: 'echo', input: 1 }],
      ['an id below zero', request(-1, 'echo', 1)],
      ['a field too many', { ...request(1, 'echo', 1), role: 'supervisor' }],
      ['an operation name too long', request(1, 'x'.repeat(65), 1)],
    ])('answers %s with a typed refusal', async (_name, frame) => {
      expect(await screen.request(frame)).toEqual(MALFORMED);
    });

    test('brings events in order, and only while somebody listens', async () => {
      const listening = await screen.listen();
      await screen.request(request(1, 'announce', [1, 'two', { three: 3 }]));
      await screen.request(request(2, 'announce', ['four']));
      const seen = await listening.stop();
      await screen.request(request(3, 'announce', ['five']));
      expect(seen).toEqual([1, 'two', { three: 3 }, 'four'].map(announced));
    });

    test('serves the next screen after one has left', async () => {
      await screen.leave();
      screen = await harness.connect();
      const listening = await screen.listen();
      await screen.request(request(1, 'announce', ['again']));
      expect(await listening.stop()).toEqual([announced('again')]);
    });
  });
}
