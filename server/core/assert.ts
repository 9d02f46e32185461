/**
 * Asserts what must be true if our own code is correct.
 * A failed assertion is a bug, so nobody catches it: the work stops and the error reaches us.
 * What the outside world can cause (a refused write, a lost connection) is a value, not an assert.
 */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new InvariantViolation(message);
}

/** Returns `value` where it is present; its absence is a bug named by `message`. */
export function present<T>(value: T | null | undefined, message: string): T {
  if (value === null || value === undefined) throw new InvariantViolation(message);
  return value;
}

/** Makes the compiler prove that a `switch` covers every case. */
export function unreachable(value: never): never {
  throw new InvariantViolation(`Unexpected value: ${JSON.stringify(value)}`);
}

export class InvariantViolation extends Error {
  override readonly name = "InvariantViolation";
}
