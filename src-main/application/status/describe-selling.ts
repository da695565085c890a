import { holdingsOf } from '#main/application/sale/holdings.ts';
import type { View } from '#main/application/sale/selling-desk.ts';
import type { RaffleEventRow } from '#main/ports/terminal-rows.ts';
import { type Failure, failure } from '#shared/contract/failures.ts';
import type { Jackpot, TicketPackage } from '#shared/contract/mirror/raffle-event.ts';
import type { CheckoutLine, PackageTile, Selling } from '#shared/contract/terminal/snapshot.ts';
import { type NumbersAtHand, salesLeft } from '#shared/domain/number-taking.ts';

/** What describing the sale takes besides the raffle event. */
export interface SellingSetting {
  readonly view: View;
  /** Why nobody may sell here; `undefined` if selling is open. */
  readonly refusal: Failure | undefined;
  readonly jackpot: Jackpot | null;
}

/** The raffle event being sold, with what is left of it. Known before the tap. */
export function describeSelling(row: RaffleEventRow, setting: SellingSetting): Selling {
  const { raffleEvent, endedAt } = row;
  const { rows, notes } = setting.view;
  const { raffleEventId, profile } = raffleEvent;
  const allocations = rows.allocations(raffleEventId);
  const holdings = holdingsOf(allocations, rows.validationBlocks(raffleEventId));
  const packages = raffleEvent.packages.toSorted(
    (left, right) => left.displayOrder - right.displayOrder,
  );
  const cart = inCart(packages, notes.draft()?.lines ?? []);
  // Less what is in the cart.
  const atHand: NumbersAtHand = {
    drawNumbers: holdings.drawNumbersLeft - cart.drawNumbers,
    validationNumbers: holdings.validationNumbersLeft - cart.validationNumbers,
  };
  const usual = lastSoldPackage(setting.view, row) ?? packages[0];
  return {
    raffleEventId,
    name: raffleEvent.name,
    eventIdentifier: raffleEvent.eventIdentifier,
    state: raffleEvent.state,
    salesStart: raffleEvent.salesStart,
    salesEnd: raffleEvent.salesEnd,
    hasEnded: endedAt !== null,
    minimumAge: profile.minimumAge,
    tenders: [...profile.tenders],
    packages: packages.map((offered) => tileOf(offered, atHand)),
    refusal: setting.refusal ?? null,
    numberSpace: raffleEvent.numberSpace,
    numbersLeft: holdings.drawNumbersLeft,
    salesLeft: usual === undefined ? 0 : salesLeft(atHand, usual.numberCount),
    salesLeftOf: usual?.packageId ?? null,
    isLowOnNumbers: holdings.isLow,
    noteDenominationsMinor: [...profile.noteDenominationsMinor],
    cashRoundingMinor: profile.cashRoundingMinor,
    jackpot: setting.jackpot?.raffleEventId === raffleEventId ? setting.jackpot : null,
  };
}

function tileOf(offered: TicketPackage, atHand: NumbersAtHand): PackageTile {
  const left = salesLeft(atHand, offered.numberCount);
  return {
    ...offered,
    salesLeft: left,
    refusal: left > 0 ? null : shortageOf(offered, atHand),
  };
}

function shortageOf({ numberCount }: TicketPackage, atHand: NumbersAtHand): Failure {
  if (atHand.validationNumbers < 1) return failure('validation-block.exhausted');
  return failure('allocation.exhausted', { numbersLeft: atHand.drawNumbers, numberCount });
}

function inCart(packages: readonly TicketPackage[], lines: readonly CheckoutLine[]): NumbersAtHand {
  const sum = { drawNumbers: 0, validationNumbers: 0 };
  for (const { packageId, quantity } of lines) {
    const size = packages.find((offered) => offered.packageId === packageId)?.numberCount ?? 0;
    sum.drawNumbers += size * quantity;
    sum.validationNumbers += quantity;
  }
  return sum;
}

function lastSoldPackage({ rows }: View, { raffleEvent }: RaffleEventRow) {
  const { raffleEventId, packages } = raffleEvent;
  const last = rows.findOrders({ raffleEventId, search: '', cursor: null, limit: 1 }).orders[0];
  return packages.find(({ packageId }) => packageId === last?.order.packageId);
}
