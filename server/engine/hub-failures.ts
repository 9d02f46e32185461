/**
 * Codes with which the hub's own database, or the way to it, asks us to try once more: it is being
 * stopped, started or recovered, its disk or memory is full, a connection broke, or two
 * transactions met.
 */
const PASSING = new Set([
  "40001",
  "40P01",
  "53100",
  "53200",
  "53300",
  "55P03",
  "57P01",
  "57P02",
  "57P03",
  "08001",
  "08003",
  "08006",
  "CONNECTION_CLOSED",
  "CONNECTION_DESTROYED",
  "CONNECTION_ENDED",
  "CONNECT_TIMEOUT",
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
]);

/** @returns the code of a failure that passes by itself; null for any other, or a bug of ours */
export function passingCode(error: unknown): string | null {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return PASSING.has(code) ? code : null;
}
