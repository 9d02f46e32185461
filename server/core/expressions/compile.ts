import { canonicalDecimal } from "../values/decimal.ts";
import { compileCall, compileMethod } from "./calls.ts";
import { compileBinary } from "./operators.ts";
import { type ExpressionProblem, Fault, type Node, parseExpression } from "./parse.ts";
import { type Compiling, needs, type Part } from "./part.ts";
import { type Names, Scope } from "./scope.ts";
import { BOOLEAN, common, listOf, NOTHING, NUMBER, TEXT, type Type, typeWords } from "./types.ts";
import {
  Exact,
  isInstance,
  Missing,
  membersOf,
  numberOf,
  truthOf,
  Unanswered,
  type Value,
} from "./value.ts";

export type CompiledExpression = {
  readonly type: Type;
  readonly reads: ReadonlySet<string>;
  /** @throws Unanswered where it gives nothing for these values */
  run(values: ReadonlyMap<string, Value>): Value;
};

export type Compiled =
  | { readonly ok: true; readonly expression: CompiledExpression }
  | { readonly ok: false; readonly problem: ExpressionProblem };

/**
 * Compiles an expression to plain functions, once per map version: the syntax is CEL's, numbers are
 * exact decimals, and there is no clock, no chance, no loop but over a list, and an end of steps.
 */
export function compileExpression(text: string, names: Names): Compiled {
  const reads = new Set<string>();
  try {
    const part = compilePart(parseExpression(text), makeCompiling(names, reads));
    const run = (values: ReadonlyMap<string, Value>) => part.run(new Scope(values));
    return { ok: true, expression: { type: part.type, reads, run } };
  } catch (error) {
    if (error instanceof Fault) return { ok: false, problem: error.problem };
    throw error;
  }
}

function makeCompiling(names: Names, reads: Set<string>): Compiling {
  const compiling: Compiling = {
    ...{ names, reads },
    part: (node, within) =>
      compilePart(node, within === undefined ? compiling : makeCompiling(within, reads)),
  };
  return compiling;
}

function compilePart(node: Node, by: Compiling): Part {
  switch (node.op) {
    case "value":
      return constant(node);
    case "id":
      return nameOf(node, node.args, by);
    case ".":
      return memberOf(node, by.part(node.args[0]), node.args[1], by);
    case "[]":
      return elementOf(node, by);
    case "list":
      return listed(node, by);
    case "?:":
      return choice(node, by);
    case "!_":
      return negated(node, by);
    case "-_":
      return minus(node, by);
    case "call":
      return compileCall(node, node.args[0], node.args[1], by);
    case "rcall":
      return compileMethod(node, node.args[0], node.args[1], node.args[2], by);
    case "map":
    case ".?":
    case "[?]":
      throw new Fault("Expressions have no such thing here.", node);
    default:
      return compileBinary(node, node.op, node.args, by);
  }
}

function constant(node: Node): Part {
  const value = node.args;
  const text = node.input.slice(node.start, node.end);
  if (value === null) return { node, type: NOTHING, run: () => null };
  if (typeof value === "boolean") return { node, type: BOOLEAN, run: () => value };
  if (typeof value === "string") {
    const spelled = value.normalize("NFC");
    return { node, type: TEXT, run: () => spelled };
  }
  // Read anew as it stands there: what the parser has made of it may have lost digits.
  const digits = canonicalDecimal(text);
  if (digits === null) throw new Fault(`${text} is no number that can be read exactly.`, node);
  const number = new Exact(digits);
  return { node, type: NUMBER, run: () => number };
}

function nameOf(node: Node, name: string, { names, reads }: Compiling): Part {
  const type = names.get(name);
  if (type === undefined) {
    throw new Fault(`There is no "${name}" here. There is: ${[...names.keys()].join(", ")}.`, node);
  }
  reads.add(name);
  return { node, type, run: (scope) => scope.value(name) };
}

function memberOf(node: Node, of: Part, name: string, { reads }: Compiling): Part {
  if (of.type.kind !== "object") {
    throw new Fault(`${capital(typeWords(of.type))} has no "${name}".`, node);
  }
  const type = of.type.members.get(name);
  if (type === undefined) {
    const known = [...of.type.members.keys()].join(", ");
    throw new Fault(`${capital(of.type.name)} has no "${name}". It has: ${known}.`, node);
  }
  reads.add(`${of.type.name}.${name}`);
  const run = (scope: Scope): Value => {
    const value = of.run(scope);
    if (isInstance(value)) return value.member(name);
    throw new Missing(`There is no ${name}, for what should have it has no value.`);
  };
  return { node, type, run };
}

/** A member by its name, or one of a list by its place. */
function elementOf(node: Node & { op: "[]" }, by: Compiling): Part {
  const [of, at] = node.args;
  const list = by.part(of);
  if (list.type.kind === "object" && at.op === "value" && typeof at.args === "string") {
    return memberOf(node, list, at.args, by);
  }
  const place = by.part(at);
  if (list.type.kind !== "list" || place.type.kind !== "number") {
    throw new Fault("Only a list has places, and a place is a number.", node);
  }
  const run = (scope: Scope): Value => {
    const members = membersOf(list.run(scope));
    const found = members[numberOf(place.run(scope)).toNumber()];
    if (found !== undefined) return found;
    throw new Unanswered("A list has no such place.");
  };
  return { node, type: list.type.item, run };
}

function listed(node: Node & { op: "list" }, by: Compiling): Part {
  const parts = node.args.map((one) => by.part(one));
  let item: Type = NOTHING;
  for (const part of parts) {
    const both = common(item, part.type);
    if (both === null) throw mixed(part.node, item, part.type);
    item = both;
  }
  return { node, type: listOf(item), run: (scope) => parts.map((part) => part.run(scope)) };
}

function choice(node: Node & { op: "?:" }, by: Compiling): Part {
  const [test, yes, no] = node.args.map((one) => by.part(one)) as [Part, Part, Part];
  needs(test, BOOLEAN);
  const type = common(yes.type, no.type);
  if (type === null) throw mixed(no.node, yes.type, no.type);
  const run = (scope: Scope) => {
    scope.tick();
    return truthOf(test.run(scope)) ? yes.run(scope) : no.run(scope);
  };
  return { node, type, run };
}

const mixed = (node: Node, a: Type, b: Type) =>
  new Fault(`One is ${typeWords(a)} and the other ${typeWords(b)}: both must be the same.`, node);

function negated(node: Node & { op: "!_" }, by: Compiling): Part {
  const part = needs(by.part(node.args), BOOLEAN);
  return { node, type: BOOLEAN, run: (scope) => !truthOf(part.run(scope)) };
}

function minus(node: Node & { op: "-_" }, by: Compiling): Part {
  const part = needs(by.part(node.args), NUMBER);
  return { node, type: NUMBER, run: (scope) => numberOf(part.run(scope)).neg() };
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
