import type { CheckoutLine, PackageTile } from '#shared/contract/terminal/snapshot.ts';
import type { PackageId } from '#shared/kernel/ids.ts';
import {
  addMoney,
  type CurrencyCode,
  type Money,
  multiplyMoney,
  noMoney,
} from '#shared/kernel/money.ts';

/** The most of one package, and the most lines, that a checkout takes. */
const MOST_OF_ONE_PACKAGE = 50;
const MOST_LINES = 20;

/** How many of one package are in the cart. */
export function quantityOf(lines: readonly CheckoutLine[], packageId: PackageId): number {
  return lines.find((line) => line.packageId === packageId)?.quantity ?? 0;
}

/** The cart with one more of a package. The same cart when it is full. */
export function addOne(
  lines: readonly CheckoutLine[],
  packageId: PackageId,
): readonly CheckoutLine[] {
  const quantity = quantityOf(lines, packageId);
  if (quantity === 0) {
    return lines.length < MOST_LINES ? [...lines, { packageId, quantity: 1 }] : lines;
  }
  return quantity < MOST_OF_ONE_PACKAGE ? withQuantity(lines, packageId, quantity + 1) : lines;
}

/** The cart with one less of a package; the last one takes its line away. */
export function removeOne(
  lines: readonly CheckoutLine[],
  packageId: PackageId,
): readonly CheckoutLine[] {
  const quantity = quantityOf(lines, packageId);
  return quantity > 1
    ? withQuantity(lines, packageId, quantity - 1)
    : lines.filter((line) => line.packageId !== packageId);
}

function withQuantity(
  lines: readonly CheckoutLine[],
  packageId: PackageId,
  quantity: number,
): readonly CheckoutLine[] {
  return lines.map((line) => (line.packageId === packageId ? { packageId, quantity } : line));
}

/** How many tickets the cart prints: one per package unit. */
export function ticketCount(lines: readonly CheckoutLine[]): number {
  return lines.reduce((sum, line) => sum + line.quantity, 0);
}

/** What the cart costs, before cash rounding. A package that is not offered any more counts nothing. */
export function cartTotal(
  lines: readonly CheckoutLine[],
  packages: readonly PackageTile[],
  currency: CurrencyCode,
): Money {
  return lines.reduce((sum, line) => {
    const offered = packages.find(({ packageId }) => packageId === line.packageId);
    return offered === undefined ? sum : addMoney(sum, multiplyMoney(offered.price, line.quantity));
  }, noMoney(currency));
}

/** Whether two carts ask for the same things in the same order. */
export function isSameCart(left: readonly CheckoutLine[], right: readonly CheckoutLine[]): boolean {
  return (
    left.length === right.length &&
    left.every(
      (line, index) =>
        line.packageId === right[index]?.packageId && line.quantity === right[index]?.quantity,
    )
  );
}
