import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunningCentral } from '#central/start-central.ts';
import type { Allocation } from '#shared/contract/mirror/numbers.ts';
import {
  createTestOrganisation,
  createTestRsu,
  startTestCentral,
  TEST_PROFILE,
  type TestCentral,
} from '#test/helpers/central/test-central.ts';
import {
  createTestDevice,
  enrolledDevice,
  type TestDevice,
} from '#test/helpers/central/test-device.ts';
import { createTestJournal, type TestJournal } from '#test/helpers/central/test-journal.ts';

const TILLS = 3;
const NO_NUMBERS = { allocations: [], validationBlocks: [] };

let running: TestCentral;
let second: RunningCentral;
let events = 0;

beforeAll(async () => {
  running = await startTestCentral();
  second = await running.startAnother();
});

afterAll(async () => {
  await second.stop();
  await running.stop();
});

/** A till that calls whichever API process it reaches. */
interface Till {
  readonly through: readonly TestDevice[];
  readonly journal: TestJournal;
  readonly held: Map<string, Allocation>;
  readonly prefixes: Set<string>;
}

function numbersOf(allocation: Allocation): number[] {
  const { from, to } = allocation.indices;
  return allocation.mode === 'random'
    ? allocation.numbers
    : Array.from({ length: to - from }, (_, index) => from + index);
}

/** The same enrolment, over another API process. */
function viaSecond(device: TestDevice): TestDevice {
  const other = createTestDevice(second.url);
  const { chainId, rsuId, token } = device;
  return Object.assign(other, { chainId, rsuId, token });
}

const step = fc.record({
  till: fc.nat({ max: TILLS - 1 }),
  process: fc.nat({ max: 1 }),
  kind: fc.constantFrom('ask', 'ask', 'ask-twice', 'give-back'),
});

describe.each(['sequential', 'random'] as const)('%s numbers', (numberMode) => {
  test('belong to one till at a time, whoever asks and gives back, at once and over two API processes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 40, max: 300 }),
        fc.integer({ min: 1, max: 40 }),
        fc.array(fc.array(step, { minLength: 2, maxLength: 8 }), { minLength: 2, maxLength: 4 }),
        async (size, allocationSize, rounds) => {
          events += 1;
          const organisation = await createTestOrganisation(running, {
            eventIdentifier: `${numberMode}-${events}`,
            profile: { ...TEST_PROFILE, numberMode },
            numberPlan: {
              numberSpace: { from: 500, to: 500 + size },
              allocationSize,
              validationBlockSize: 10,
            },
          });
          const tills: Till[] = [];
          for (let index = 0; index < TILLS; index += 1) {
            const name = `Till ${events}-${numberMode}-${index}`;
            const { code } = await createTestRsu(running, organisation, name);
            const device = await enrolledDevice(running.url, code);
            const journal = createTestJournal(device, organisation, NO_NUMBERS);
            const through = [device, viaSecond(device)];
            tills.push({ through, journal, held: new Map(), prefixes: new Set() });
          }
          const ask = async ({ through, held, prefixes }: Till, process: number, id: string) => {
            const answer = await through[process]?.topUp(organisation.raffleEventId, undefined, id);
            if (answer?.status !== 200) {
              expect(answer?.body).toMatchObject({ code: 'allocation.exhausted' });
              return;
            }
            for (const granted of answer.body.allocations) held.set(granted.allocationId, granted);
            for (const { prefix } of answer.body.validationBlocks) prefixes.add(prefix);
          };
          const giveBack = async ({ through, journal, held }: Till, process: number) => {
            const [allocation] = held.values();
            if (allocation === undefined) return;
            held.delete(allocation.allocationId);
            const { allocationId, raffleEventId, indices } = allocation;
            const from = indices.from;
            journal.append('allocation.returned', { raffleEventId, allocationId, from });
            const answer = await through[process]?.upload(journal.takeUnsent());
            expect(answer?.body.verdicts).toMatchObject([{ verdict: 'accepted' }]);
          };
          for (const round of rounds) {
            const giving = new Set<number>();
            await Promise.all(
              round.map(({ till: index, process, kind }) => {
                const till = tills[index];
                if (till === undefined) throw new Error('no such till');
                const id = randomUUID();
                if (kind === 'ask') return ask(till, process, id);
                if (kind === 'ask-twice') {
                  return Promise.all([ask(till, 0, id), ask(till, 1, id)]);
                }
                // A till has one journal: it gives back once at a time.
                if (giving.has(index)) return undefined;
                giving.add(index);
                return giveBack(till, process);
              }),
            );
          }
          const held = tills.flatMap((till) => [...till.held.values()].flatMap(numbersOf));
          const prefixes = tills.flatMap((till) => [...till.prefixes]);
          expect({
            held: new Set(held).size,
            prefixes: new Set(prefixes).size,
            strays: held.filter((number) => number < 500 || number >= 500 + size),
          }).toEqual({ held: held.length, prefixes: prefixes.length, strays: [] });
          for (const { through, held: own } of tills) {
            const known = (await through[1]?.mirror())?.body.mirror?.allocations ?? [];
            expect(new Set(known.map(({ allocationId }) => allocationId))).toEqual(
              new Set(own.keys()),
            );
          }
        },
      ),
      { numRuns: 5, endOnFailure: true },
    );
  });
});
