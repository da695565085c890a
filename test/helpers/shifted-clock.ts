/**
 * Loaded before a program of ours, makes its wall clock wrong by COUNTERFOIL_TEST_CLOCK_SHIFT
 * seconds, as a computer with a flat battery would have it. The monotonic clock stays right.
 */
const shiftMs = Number(process.env['COUNTERFOIL_TEST_CLOCK_SHIFT'] ?? '0') * 1_000;
const RealDate = Date;

globalThis.Date = new Proxy(RealDate, {
  construct: (target, parts, newTarget) =>
    Reflect.construct(target, parts.length === 0 ? [RealDate.now() + shiftMs] : parts, newTarget),
  get: (target, name, receiver) =>
    name === 'now' ? () => RealDate.now() + shiftMs : Reflect.get(target, name, receiver),
});
