import { type Failure, failure } from '#shared/contract/failures.ts';
import type { Operator, OperatorRole } from '#shared/contract/mirror/operator.ts';

const FEWEST_DIGITS: Readonly<Record<OperatorRole, number>> = {
  seller: 4,
  supervisor: 6,
  technician: 6,
};

/**
 * Why a new PIN is not taken; `undefined` if it is.
 *
 * Refuses with `pin.too-weak` one that is too short for the role, the old one, and those that
 * everybody tries first: one digit repeated, digits in a row, a short pattern repeated, the person's
 * own number.
 */
export function checkNewPin(
  newPin: string,
  oldPin: string,
  { role, number }: Pick<Operator, 'role' | 'number'>,
): Failure | undefined {
  const fewestDigits = FEWEST_DIGITS[role];
  if (newPin.length < fewestDigits)
    return failure('pin.too-weak', { cause: 'short', fewestDigits });
  if (newPin === oldPin) return failure('pin.too-weak', { cause: 'unchanged', fewestDigits });
  if (isTrivial(newPin) || newPin === number) {
    return failure('pin.too-weak', { cause: 'trivial', fewestDigits });
  }
  return undefined;
}

function isTrivial(pin: string): boolean {
  return isRepeated(pin) || isRun(pin, 1) || isRun(pin, -1);
}

/** `1111`, `1212` and `123123`, but not `1231`. */
function isRepeated(pin: string): boolean {
  return /^(\d{1,3})\1+$/.test(pin);
}

/** Digits that rise or fall by one, past 9 to 0 as on a keypad: `6789`, `7890`, `4321`. */
function isRun(pin: string, step: number): boolean {
  const digits = [...pin].map(Number);
  return digits.every(
    (digit, index) => index === 0 || digit === ((digits[index - 1] ?? 0) + step + 10) % 10,
  );
}
