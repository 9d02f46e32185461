import { asPosition, type Position } from "../../../core/position.ts";

/** Digits of the number within a transaction: enough for ten thousand million changes. */
const SEQUENCE_DIGITS = 10;

/** A place in the write-ahead log as 16 hexadecimal digits, which sort as text. */
export type Lsn = string;

export const LSN_START: Lsn = "0000000000000000";

/** "0/16B3748" => "00000000016B3748" */
export function lsnOf(text: string): Lsn {
  const [high = "0", low = "0"] = text.split("/");
  return (high.padStart(8, "0") + low.padStart(8, "0")).toUpperCase();
}

/** The two halves of a 64-bit number => "00000000016B3748" */
export function lsnOfHalves(high: number, low: number): Lsn {
  return hex(high) + hex(low);
}

function hex(half: number): string {
  return half.toString(16).toUpperCase().padStart(8, "0");
}

/** "00000000016B3748" => "0/16B3748" */
export function lsnText(lsn: Lsn): string {
  const [high, low] = [lsn.slice(0, 8), lsn.slice(8)].map((half) => trimZeros(half));
  return `${high}/${low}`;
}

function trimZeros(digits: string): string {
  return digits.replace(/^0+(?=.)/, "");
}

/**
 * Within a transaction: the log place of its commit and the number of the change, from 1. After
 * a whole transaction: the place behind its commit and 0. So plain text order is reading order,
 * and a moment of the log (a snapshot's) lies before every change that it does not contain.
 */
export function positionAt(lsn: Lsn, sequence: number): Position {
  return asPosition(`${lsn}:${String(sequence).padStart(SEQUENCE_DIGITS, "0")}`);
}

export function lsnOfPosition(position: Position): Lsn {
  return position.slice(0, 16);
}

/** Bytes of log between two places. */
export function bytesBetween(from: Lsn, to: Lsn): number {
  return Math.max(0, Number(BigInt(`0x${to}`) - BigInt(`0x${from}`)));
}

const MICROSECONDS_1970_TO_2000 = 946_684_800_000_000;

/**
 * A commit time, microseconds since 2000, as ISO 8601 UTC. Always six digits, so that two of them
 * compare as text.
 */
export function commitTime(microseconds: number): string {
  const since1970 = microseconds + MICROSECONDS_1970_TO_2000;
  const rest = ((since1970 % 1000) + 1000) % 1000;
  const iso = new Date((since1970 - rest) / 1000).toISOString();
  return `${iso.slice(0, -1)}${String(rest).padStart(3, "0")}Z`;
}
