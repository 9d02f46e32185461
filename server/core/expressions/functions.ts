import type Big from "big.js";
import { makeParser } from "../values/parse-value.ts";
import { isOrdered, order } from "./compare.ts";
import type { Scope } from "./scope.ts";
import {
  BOOLEAN,
  common,
  listOf,
  MONEY,
  NUMBER,
  QUANTITY,
  QUESTION,
  TEXT,
  type Type,
} from "./types.ts";
import {
  counted,
  Exact,
  fits,
  membersOf,
  numberOf,
  QUESTION_ASKED,
  textOf,
  Unanswered,
  type Value,
  written,
} from "./value.ts";

/** What an expression may call. `form` and `about` stand in the help beside the editor. */
export type ExpressionFunction = {
  readonly name: string;
  readonly form: string;
  readonly about: string;
  /** Called as `value.name(…)`; the value comes first among the arguments. */
  readonly isMethod: boolean;
  /** The type of what it gives; null where it does not take such arguments. */
  typeOf(args: readonly Type[]): Type | null;
  run(args: readonly Value[], scope: Scope): Value;
};

type Told = Omit<ExpressionFunction, "name" | "isMethod" | "form" | "about">;

function define(form: string, about: string, told: Told): ExpressionFunction {
  const name = /(\w+)\(/.exec(form)?.[1] ?? form;
  return { name, form, about, isMethod: form.includes("."), ...told };
}

/** One that takes exactly these types. */
function taking(
  params: readonly Type[],
  result: Type,
  run: (args: readonly Value[], scope: Scope) => Value,
): Told {
  return {
    typeOf: (args) =>
      args.length === params.length && args.every((arg, at) => isOf(arg, params[at]))
        ? result
        : null,
    run,
  };
}

const isOf = (arg: Type, param: Type | undefined) =>
  param !== undefined && common(arg, param) !== null;

const text = (args: readonly Value[], at = 0) => textOf(args[at] ?? null);
const number = (args: readonly Value[], at = 0) => numberOf(args[at] ?? null);

/** Reads a text as a date, a time of day or an instant; a constant one that is none says so. */
function reading(type: "date" | "time" | "instant"): Told {
  const parse = makeParser(type);
  return taking([TEXT], { kind: type }, (args) => {
    const parsed = parse(text(args));
    if (!parsed.ok) throw new Unanswered(parsed.message);
    return typeof parsed.value === "string" ? parsed.value : null;
  });
}

/** The least or greatest of what has a value. */
function extreme(sign: 1 | -1): Told {
  return {
    typeOf: ([list, more]) =>
      more === undefined && list?.kind === "list" && isOrdered(list.item) ? list.item : null,
    run: ([list = null], scope) => {
      const present = membersOf(list).filter((member) => member !== null);
      scope.tick(present.length);
      return present.reduce<Value>(
        (best, one) => (best === null || order(one, best) * sign > 0 ? one : best),
        null,
      );
    },
  };
}

const PLACES_MAX = 20;

function rounded(args: readonly Value[]): Value {
  const places = args.length > 1 ? number(args, 1).toNumber() : 0;
  if (Number.isInteger(places) && places >= 0 && places <= PLACES_MAX) {
    return number(args).round(places, Exact.roundHalfUp);
  }
  throw new Unanswered(`A number is rounded to 0 to ${PLACES_MAX} places.`);
}

function sum([list = null]: readonly Value[], scope: Scope): Value {
  const present = membersOf(list).filter((member) => member !== null);
  scope.tick(present.length);
  return present.reduce<Big>((all, one) => counted(all.plus(numberOf(one))), new Exact(0));
}

function parseNumber(args: readonly Value[]): Value {
  const parsed = makeParser("decimal")(text(args));
  if (!parsed.ok || typeof parsed.value !== "string") {
    throw new Unanswered(parsed.ok ? "A number is missing." : parsed.message);
  }
  return counted(new Exact(parsed.value));
}

/** An amount made of a number and what it counts. */
const amount = (type: Type, unit: string): Told =>
  taking([NUMBER, TEXT], type, (args) => {
    const [value, of] = [number(args), text(args, 1)];
    const members: Readonly<Record<string, Value>> = { amount: value, [unit]: of };
    return { member: (name) => members[name] ?? null };
  });

const size = (args: readonly Value[]): Value => {
  const [of = null] = args;
  return new Exact(typeof of === "string" ? Array.from(of).length : membersOf(of).length);
};
const sized: Told = {
  typeOf: ([of, more]) =>
    more === undefined && (of?.kind === "text" || of?.kind === "list") ? NUMBER : null,
  run: size,
};

/** What looks through a text takes time by its length. */
function onText(params: readonly Type[], result: Type, run: (args: readonly string[]) => Value) {
  return taking([TEXT, ...params], result, (args, scope) => {
    const texts = args.map(textOf);
    scope.tick(texts.reduce((total, one) => total + Math.ceil(one.length / 1_000), 0));
    return run(texts);
  });
}

const list = (parts: readonly string[]): Value => [...parts];

export const FUNCTIONS: readonly ExpressionFunction[] = [
  define("ask()", "A person decides.", {
    typeOf: (args) => (args.length === 0 ? QUESTION : null),
    run: () => QUESTION_ASKED,
  }),
  define("min(list)", "The least of what has a value.", extreme(-1)),
  define("max(list)", "The greatest of what has a value.", extreme(1)),
  define("sum(list)", "All numbers added.", taking([listOf(NUMBER)], NUMBER, sum)),
  define(
    "abs(number)",
    "Without its sign.",
    taking([NUMBER], NUMBER, (args) => number(args).abs()),
  ),
  define("round(number, places)", "Rounded half up.", {
    typeOf: (args) => {
      const fits = args.length > 0 && args.length < 3 && args.every((arg) => isOf(arg, NUMBER));
      return fits ? NUMBER : null;
    },
    run: rounded,
  }),
  define("size(value)", "How many characters or members it has.", sized),
  define("value.size()", "The same.", sized),
  define("number(text)", "A text read as a number.", taking([TEXT], NUMBER, parseNumber)),
  define(
    "string(number)",
    "A number written out.",
    taking([NUMBER], TEXT, (args) => number(args).toFixed()),
  ),
  define("date(text)", 'date("2026-02-28")', reading("date")),
  define("time(text)", 'time("14:02:00")', reading("time")),
  define("instant(text)", 'instant("2026-02-28T14:02:00Z")', reading("instant")),
  define("money(number, text)", 'money(9.99, "EUR")', amount(MONEY, "currency")),
  define("quantity(number, text)", 'quantity(2, "kg")', amount(QUANTITY, "unit")),
  define(
    "text.contains(text)",
    "Is the other in it?",
    onText([TEXT], BOOLEAN, ([of = "", what = ""]) => of.includes(what)),
  ),
  define(
    "text.startsWith(text)",
    "Does it begin so?",
    onText([TEXT], BOOLEAN, ([of = "", what = ""]) => of.startsWith(what)),
  ),
  define(
    "text.endsWith(text)",
    "Does it end so?",
    onText([TEXT], BOOLEAN, ([of = "", what = ""]) => of.endsWith(what)),
  ),
  define(
    "text.lower()",
    "In small letters.",
    onText([], TEXT, ([of = ""]) => written(of.toLowerCase())),
  ),
  define(
    "text.upper()",
    "In capitals.",
    onText([], TEXT, ([of = ""]) => written(of.toUpperCase())),
  ),
  define(
    "text.trim()",
    "Without white space around it.",
    onText([], TEXT, ([of = ""]) => of.trim()),
  ),
  define(
    "text.replace(text, text)",
    "Each of the first replaced.",
    onText([TEXT, TEXT], TEXT, ([of = "", what = "", by = ""]) => replaced(of, what, by)),
  ),
  define(
    "text.split(text)",
    "Its parts between the other.",
    onText([TEXT], listOf(TEXT), ([of = "", at = ""]) => list(of.split(at))),
  ),
  define(
    "list.join(text)",
    "Texts with the other between them.",
    taking([listOf(TEXT), TEXT], TEXT, ([of = null, between = null], scope) => {
      const parts = membersOf(of).map(textOf);
      scope.tick(parts.length);
      return written(parts.join(textOf(between)));
    }),
  ),
];

/** What it comes to is measured before it is made. */
function replaced(of: string, what: string, by: string): string {
  const parts = of.split(what);
  fits(of.length + (parts.length - 1) * (by.length - what.length));
  return parts.join(by);
}

const named = (name: string, isMethod: boolean) =>
  FUNCTIONS.find((one) => one.name === name && one.isMethod === isMethod);

export const findFunction = (name: string) => named(name, false);
export const findMethod = (name: string) => named(name, true);
