/** What a function returns when refusing is part of its job: a value, or the failure that says why not. */
export type Result<Value, Refusal> = Success<Value> | Refused<Refusal>;

/** The half of a `Result` that carries the value. */
export interface Success<Value> {
  readonly ok: true;
  readonly value: Value;
}

/** The half of a `Result` that carries the reason. */
export interface Refused<Refusal> {
  readonly ok: false;
  readonly failure: Refusal;
}

/** Wraps a value as a success. */
export function ok<Value>(value: Value): Success<Value> {
  return { ok: true, value };
}

/** Wraps a reason as a refusal. */
export function refuse<Refusal>(failure: Refusal): Refused<Refusal> {
  return { ok: false, failure };
}
