import { describe, expect, test } from 'vitest';
import {
  isStateChangeAllowed,
  isStateReachable,
  type RaffleEventStanding,
} from '#shared/domain/raffle-event-state.ts';

const STATES: readonly RaffleEventStanding[] = [
  'created',
  'active',
  'suspended',
  'closed',
  'cancelled',
];

function pairs(rule: (from: RaffleEventStanding, to: RaffleEventStanding) => boolean): string[] {
  return STATES.flatMap((from) =>
    STATES.filter((to) => rule(from, to)).map((to) => `${from} > ${to}`),
  );
}

describe('the state of a raffle event', () => {
  test('changes in these steps only', () => {
    expect(pairs(isStateChangeAllowed)).toEqual([
      'created > active',
      'created > cancelled',
      'active > suspended',
      'active > closed',
      'active > cancelled',
      'suspended > active',
      'suspended > closed',
      'suspended > cancelled',
    ]);
  });

  test('may have gone several steps unseen, but never back from its end', () => {
    expect(pairs((from, to) => !isStateReachable(from, to))).toEqual([
      'active > created',
      'suspended > created',
      'closed > created',
      'closed > active',
      'closed > suspended',
      'closed > cancelled',
      'cancelled > created',
      'cancelled > active',
      'cancelled > suspended',
      'cancelled > closed',
    ]);
  });
});
