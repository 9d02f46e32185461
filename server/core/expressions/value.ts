import Big from "big.js";
import { LIMITS } from "../limits.ts";
import { type FieldValue, isList, isTuple } from "../values/field-value.ts";
import type { Type } from "./types.ts";

/** A number as expressions count: exact, and a quotient rounded half up to 20 places. */
export const Exact = Big();
Exact.DP = 20;
Exact.RM = Exact.roundHalfUp;

/** When an edit was made: on the hub's clock, with what the clock of its source may be wrong by. */
export type Moment = {
  readonly source: string;
  readonly microseconds: number;
  readonly errorMs: number | null;
};

/** Something with members; an edit keeps what it stands for. */
export type Instance = {
  readonly member: (name: string) => Value;
  readonly of?: unknown;
};

/** What an expression counts with. Dates, times and instants are their canonical texts. */
export type Value =
  | null
  | Big
  | string
  | boolean
  | Moment
  | Instance
  | readonly Value[]
  | typeof QUESTION_ASKED;

/** The expression has said that a person is to decide. */
export const QUESTION_ASKED = Symbol("a person is to decide");

/** Why an expression gives nothing, for people: a sentence. */
export class Unanswered extends Error {
  override readonly name = "Unanswered";
  /** Two edits are too close together for their clocks. */
  readonly isTie: boolean;
  constructor(message: string, isTie = false) {
    super(message);
    this.isTie = isTie;
  }
}

/** A value that is needed is not there. */
export class Missing extends Unanswered {}

/** It has come to an end that no other half of an "or" makes good. */
export class Exhausted extends Unanswered {}

export const isInstance = (value: Value): value is Instance =>
  value !== null && typeof value === "object" && "member" in value;

export const isMoment = (value: Value): value is Moment =>
  value !== null && typeof value === "object" && "microseconds" in value;

export const isNumber = (value: Value): value is Big => value instanceof Exact;

export function numberOf(value: Value): Big {
  if (isNumber(value)) return value;
  throw new Missing("A number is missing where one is needed.");
}

export function textOf(value: Value): string {
  if (typeof value === "string") return value;
  throw new Missing("A text is missing where one is needed.");
}

export function truthOf(value: Value): boolean {
  if (typeof value === "boolean") return value;
  throw new Missing("True or false is missing where it is needed.");
}

export function membersOf(value: Value): readonly Value[] {
  if (Array.isArray(value)) return value;
  throw new Missing("A list is missing where one is needed.");
}

/** A number that is no longer than anybody counts with. */
export function counted(value: Big): Big {
  if (value.c.length + Math.abs(value.e) <= LIMITS.expressionDigitsMax) return value;
  throw new Exhausted(`A number has more than ${LIMITS.expressionDigitsMax} digits.`);
}

/** A text that is no longer than anybody reads. */
export function written(text: string): string {
  fits(text.length);
  return text;
}

export function fits(length: number): void {
  if (length <= LIMITS.expressionTextMax) return;
  throw new Exhausted(`A text has more than ${LIMITS.expressionTextMax} characters.`);
}

/** A field's value as expressions have it. */
export function fromField(value: FieldValue | undefined, type: Type): Value {
  if (value === undefined || value === null || isTuple(value)) return null;
  if (isList(value)) {
    const item = type.kind === "list" ? type.item : type;
    return value.map((member) => fromField(member, item));
  }
  if (typeof value === "object") return amountOf(value);
  if (type.kind !== "number" || typeof value !== "string") return value;
  return value === "" ? null : counted(new Exact(value));
}

type Amount = Extract<FieldValue, { amount: string }>;

function amountOf(value: Amount): Instance {
  const of = "currency" in value ? value.currency : value.unit;
  return { member: (name) => (name === "amount" ? counted(new Exact(value.amount)) : of) };
}

/** The way back; what is no value of any field gives nothing. */
export function toField(value: Value, type: Type): FieldValue {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (isNumber(value)) return value.toFixed();
  if (Array.isArray(value)) {
    const item = type.kind === "list" ? type.item : type;
    return value.map((member) => toField(member, item));
  }
  if (isInstance(value) && type.kind === "object") {
    const amount = numberOf(value.member("amount")).toFixed();
    return type.members.has("currency")
      ? { amount, currency: textOf(value.member("currency")) }
      : { amount, unit: textOf(value.member("unit")) };
  }
  throw new Unanswered("It gives no value of a field.");
}
