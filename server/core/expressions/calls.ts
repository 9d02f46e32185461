import { type ExpressionFunction, FUNCTIONS, findFunction, findMethod } from "./functions.ts";
import { Fault, type Node } from "./parse.ts";
import { type Compiling, needs, type Part } from "./part.ts";
import type { Scope } from "./scope.ts";
import { BOOLEAN, listOf, type Type, typeWords } from "./types.ts";
import { membersOf, truthOf, type Value } from "./value.ts";

/** `name(…)` */
export function compileCall(node: Node, name: string, args: readonly Node[], by: Compiling): Part {
  if (name === "has") return presence(node, args, by);
  const found = findFunction(name);
  if (found === undefined) throw new Fault(unknownWords(name, false), node);
  return called(
    node,
    found,
    args.map((one) => by.part(one)),
  );
}

/** `value.name(…)` */
export function compileMethod(
  node: Node,
  name: string,
  receiver: Node,
  args: readonly Node[],
  by: Compiling,
): Part {
  const over = OVER_LISTS[name];
  if (over !== undefined) return overList(node, over, receiver, args, by);
  const found = findMethod(name);
  if (found === undefined) throw new Fault(unknownWords(name, true), node);
  return called(
    node,
    found,
    [receiver, ...args].map((one) => by.part(one)),
  );
}

function unknownWords(name: string, isMethod: boolean): string {
  const known = FUNCTIONS.filter((one) => one.isMethod === isMethod).map((one) => one.name);
  const all = isMethod ? [...Object.keys(OVER_LISTS), ...known] : ["has", ...known];
  return `There is no function "${name}" here. There is: ${all.join(", ")}.`;
}

function called(node: Node, of: ExpressionFunction, args: readonly Part[]): Part {
  const type = of.typeOf(args.map((arg) => arg.type));
  if (type === null) {
    const told = args.map((arg) => typeWords(arg.type)).join(", ") || "nothing";
    throw new Fault(`It is called as ${of.form}, and gets ${told}.`, node);
  }
  const run = (scope: Scope) => {
    scope.tick();
    return of.run(
      args.map((arg) => arg.run(scope)),
      scope,
    );
  };
  return { node, type, run };
}

/** `has(record.price)`: is there a value? */
function presence(node: Node, [of, more]: readonly Node[], by: Compiling): Part {
  if (of === undefined || more !== undefined) {
    throw new Fault("It is called as has(value), with one value.", node);
  }
  const part = by.part(of);
  const run = (scope: Scope) => {
    const value = part.run(scope);
    return value !== null && value !== "" && !(Array.isArray(value) && value.length === 0);
  };
  return { node, type: BOOLEAN, run };
}

type Each = {
  readonly member: Value;
  readonly scope: Scope;
};

/** What is done with the members of a list, each under a name of its own. */
type Over = {
  /** `list.name(x, …)`: what stands in the place of the dots. */
  readonly form: string;
  typeOf(item: Type, parts: readonly Part[]): Type;
  run(each: readonly Each[], parts: readonly Part[]): Value;
};

const holds = (part: Part | undefined, { scope }: Each) =>
  part !== undefined && truthOf(part.run(scope));

const tested = (type: (item: Type) => Type, run: Over["run"]): Over => ({
  form: "condition",
  typeOf: (item, [test]) => {
    if (test !== undefined) needs(test, BOOLEAN);
    return type(item);
  },
  run,
});

const OVER_LISTS: Readonly<Record<string, Over>> = {
  all: tested(
    () => BOOLEAN,
    (each, [test]) => each.every((one) => holds(test, one)),
  ),
  exists: tested(
    () => BOOLEAN,
    (each, [test]) => each.some((one) => holds(test, one)),
  ),
  exists_one: tested(
    () => BOOLEAN,
    (each, [test]) => each.filter((one) => holds(test, one)).length === 1,
  ),
  filter: tested(listOf, (each, [test]) =>
    each.filter((one) => holds(test, one)).map(({ member }) => member),
  ),
  map: {
    form: "value",
    typeOf: (_, [made]) => listOf(made?.type ?? BOOLEAN),
    run: (each, [made]) => each.map(({ scope }) => made?.run(scope) ?? null),
  },
};

function overList(
  node: Node,
  over: Over,
  receiver: Node,
  args: readonly Node[],
  by: Compiling,
): Part {
  const list = by.part(receiver);
  const [variable, body] = args;
  if (list.type.kind !== "list") {
    throw new Fault(`This is ${typeWords(list.type)}, and a list is needed.`, receiver);
  }
  if (variable?.op !== "id" || body === undefined || args.length > 2) {
    throw new Fault(`It is called as list.${nameIn(node)}(x, ${over.form}).`, node);
  }
  const name = variable.args;
  if (by.names.has(name)) throw new Fault(`"${name}" is something else already.`, variable);
  const part = by.part(body, new Map(by.names).set(name, list.type.item));
  const type = over.typeOf(list.type.item, [part]);
  const run = (scope: Scope) => {
    const members = membersOf(list.run(scope));
    scope.tick(members.length);
    const each = members.map((member): Each => ({ member, scope: scope.with(name, member) }));
    return over.run(each, [part]);
  };
  return { node, type, run };
}

const nameIn = (node: Node) => (node.op === "rcall" ? node.args[0] : "");
