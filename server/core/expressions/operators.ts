import type Big from "big.js";
import { isOrdered, isSameValue, order } from "./compare.ts";
import { Fault, type Node } from "./parse.ts";
import type { Compiling, Part } from "./part.ts";
import type { Scope } from "./scope.ts";
import { BOOLEAN, common, NUMBER, TEXT, type Type, typeWords } from "./types.ts";
import {
  counted,
  Exhausted,
  isNumber,
  membersOf,
  numberOf,
  textOf,
  truthOf,
  Unanswered,
  type Value,
  written,
} from "./value.ts";

type Two = (a: Value, b: Value, scope: Scope) => Value;

/** An operator between two parts. */
export function compileBinary(
  node: Node,
  operator: string,
  args: readonly [Node, Node],
  by: Compiling,
): Part {
  const [a, b] = [by.part(args[0]), by.part(args[1])];
  if (operator === "&&" || operator === "||") return joined(node, operator, [a, b]);
  const { type, two } = twoOf(operator, a.type, b.type) ?? unfit(node, operator, a.type, b.type);
  const run = (scope: Scope) => {
    scope.tick();
    return two(a.run(scope), b.run(scope), scope);
  };
  return { node, type, run };
}

function unfit(node: Node, operator: string, a: Type, b: Type): never {
  const words = `${typeWords(a)} and ${typeWords(b)}`;
  throw new Fault(`"${operator}" means nothing between ${words}.`, node);
}

type Operation = { readonly type: Type; readonly two: Two };

/** What an operator does with values of two types; null where it means nothing. */
function twoOf(operator: string, a: Type, b: Type): Operation | null {
  if (operator === "in") return b.kind === "list" && common(a, b.item) ? MEMBERSHIP : null;
  if (operator === "==" || operator === "!=") return equality(operator === "==", a, b);
  if (a.kind !== b.kind) return null;
  const side = SIDES[operator];
  if (side === undefined) return madeOf(operator, a, b);
  if (!isOrdered(a)) return null;
  return { type: BOOLEAN, two: (one, other) => side(order(one, other)) };
}

/** A value of their own type, made of both. */
function madeOf(operator: string, a: Type, b: Type): Operation | null {
  if (operator === "+" && a.kind === "text") return JOINED_TEXTS;
  if (operator === "+" && a.kind === "list") return joinedLists(a, b);
  const count = COUNTS[operator];
  if (count === undefined || a.kind !== "number") return null;
  return { type: NUMBER, two: (one, other) => counted(count(numberOf(one), numberOf(other))) };
}

function equality(wanted: boolean, a: Type, b: Type): Operation | null {
  const type = common(a, b);
  // The clocks of two systems never tell the same time: who asks for that wants something else.
  const isMoments = a.kind === "moment" && b.kind === "moment";
  if (type === null || isMoments) return null;
  return {
    type: BOOLEAN,
    two: (one, other, scope) => {
      if (Array.isArray(one)) scope.tick(one.length);
      return isSameValue(one, other) === wanted;
    },
  };
}

const MEMBERSHIP: Operation = {
  type: BOOLEAN,
  two: (one, list, scope) => {
    const members = membersOf(list);
    scope.tick(members.length);
    return members.some((member) => isSameValue(one, member));
  },
};

const JOINED_TEXTS: Operation = {
  type: TEXT,
  two: (one, other) => written(textOf(one) + textOf(other)),
};

function joinedLists(a: Type, b: Type): Operation | null {
  const type = common(a, b);
  if (type === null) return null;
  return {
    type,
    two: (one, other, scope) => {
      const all = [...membersOf(one), ...membersOf(other)];
      scope.tick(all.length);
      return all;
    },
  };
}

const SIDES: Readonly<Record<string, (order: number) => boolean>> = {
  "<": (order) => order < 0,
  "<=": (order) => order <= 0,
  ">": (order) => order > 0,
  ">=": (order) => order >= 0,
};

const COUNTS: Readonly<Record<string, (a: Big, b: Big) => Big>> = {
  "+": (a, b) => a.plus(b),
  "-": (a, b) => a.minus(b),
  "*": (a, b) => a.times(b),
  "/": (a, b) => a.div(notZero(b)),
  "%": (a, b) => a.mod(notZero(b)),
};

function notZero(value: Big): Big {
  if (isNumber(value) && value.eq(0)) throw new Unanswered("Nothing can be divided by zero.");
  return value;
}

/** As CEL has them: a half that has no answer is no matter where the other one decides. */
function joined(node: Node, operator: "&&" | "||", parts: readonly [Part, Part]): Part {
  for (const part of parts) {
    if (part.type.kind === "boolean") continue;
    const words = typeWords(part.type);
    throw new Fault(`"${operator}" joins what is true or false, and this is ${words}.`, part.node);
  }
  const decides = operator === "||";
  const [first, second] = parts;
  const run = (scope: Scope): Value => {
    scope.tick();
    let missing: Unanswered | null = null;
    try {
      if (truthOf(first.run(scope)) === decides) return decides;
    } catch (error) {
      if (!(error instanceof Unanswered) || error instanceof Exhausted) throw error;
      missing = error;
    }
    const rest = truthOf(second.run(scope));
    if (missing !== null && rest !== decides) throw missing;
    return rest;
  };
  return { node, type: BOOLEAN, run };
}
