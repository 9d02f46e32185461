import { type CompiledExpression, compileExpression } from "../expressions/compile.ts";
import type { ExpressionProblem } from "../expressions/parse.ts";
import { memberName } from "../expressions/record-names.ts";
import type { Names } from "../expressions/scope.ts";
import {
  common,
  listOf,
  MOMENT,
  objectOf,
  TEXT,
  type Type,
  typeOfField,
  typeWords,
} from "../expressions/types.ts";
import {
  fromField,
  type Instance,
  isInstance,
  type Moment,
  QUESTION_ASKED,
  toField,
  Unanswered,
  type Value,
} from "../expressions/value.ts";
import type { Field } from "../map/document.ts";
import type { HubValue, RecordState } from "../reconcile/state.ts";
import type { FieldValue } from "../values/field-value.ts";
import { makeParser } from "../values/parse-value.ts";
import type { Contest, Verdict } from "./policies/policy.ts";

/** A policy that the map writes itself, as a plain function. */
export type PolicyExpression = {
  decide(contest: Contest): Verdict;
  /** It rests on what the edit started from. */
  readonly readsBase: boolean;
  /** Fields of the record whose values it reads. */
  readonly readsFields: readonly string[];
};

export type CompiledPolicy =
  | { readonly ok: true; readonly policy: PolicyExpression }
  | { readonly ok: false; readonly problem: ExpressionProblem };

const RECORD = "the record";
const EDIT = "an edit";

/** What the policy of a field may speak of. */
export function policyNames(field: Field, fields: readonly Field[]): Names {
  const value = typeOfField(field);
  const others = fields.filter(({ id }) => id !== field.id);
  const record = others.map((one) => [memberName(one.id), typeOfField(one)] as const);
  const edit = objectOf(EDIT, { system: TEXT, value, time: MOMENT });
  return new Map<string, Type>([
    ["edits", listOf(edit)],
    ["values", listOf(value)],
    ["base", value],
    ["record", objectOf(RECORD, Object.fromEntries(record))],
  ]);
}

/**
 * Compiles the policy of a field that the map writes itself. It sees the two edits that meet in an
 * order of their own (by system, time and value), never which of them came first: what the hub has
 * is one of the two. So no expression can tell the order of arrival of two edits.
 */
export function compilePolicy(
  text: string,
  field: Field,
  fields: readonly Field[],
): CompiledPolicy {
  const compiled = compileExpression(text, policyNames(field, fields));
  if (!compiled.ok) return compiled;
  const { expression } = compiled;
  const wanted = typeOfField(field);
  const given = expression.type;
  if (!isEdit(given) && common(given, wanted) === null) {
    const message = `It gives ${typeWords(given)}, and ${field.name} is ${typeWords(wanted)}.`;
    return { ok: false, problem: { message, from: 0, to: text.length } };
  }
  const members = new Map(fields.map((one) => [`${RECORD}.${memberName(one.id)}`, one.id]));
  return {
    ok: true,
    policy: {
      decide: deciding(expression, field, fields),
      readsBase: expression.reads.has("base"),
      readsFields: [...expression.reads].flatMap((name) => members.get(name) ?? []),
    },
  };
}

const isEdit = (type: Type) => type.kind === "object" && type.name === EDIT;

function deciding(expression: CompiledExpression, field: Field, fields: readonly Field[]) {
  const type = typeOfField(field);
  const parse = makeParser(field.type, field.options);
  return (contest: Contest): Verdict => {
    const edits = inOrder(contest).map((one) => editOf(one, contest, type));
    const values = new Map<string, Value>([
      ["edits", edits],
      ["values", edits.map((one) => one.member("value"))],
      ["base", fromField(contest.base, type)],
      ["record", recordOf(contest.record, fields)],
    ]);
    try {
      const given = expression.run(values);
      const chosen = chosenOf(given, contest);
      if (chosen !== null) return chosen;
      const parsed = parse(toField(given, type));
      return parsed.ok ? verdictOf(contest, parsed.value) : { kind: "ask", reason: "no-answer" };
    } catch (error) {
      if (!(error instanceof Unanswered)) throw error;
      return { kind: "ask", reason: error.isTie ? "tie" : "no-answer" };
    }
  };
}

/** One of the two as it is, or a person's turn; null where it is a value. */
function chosenOf(given: Value, { hub, edit }: Contest): Verdict | null {
  if (given === QUESTION_ASKED) return { kind: "ask", reason: "policy-review" };
  if (!isInstance(given)) return null;
  if (given.of === edit) return { kind: "edit" };
  return given.of === hub ? { kind: "hub" } : null;
}

function verdictOf({ rules, hub, edit }: Contest, value: FieldValue): Verdict {
  if (rules.equals(value, hub.v)) return { kind: "hub" };
  return rules.equals(value, edit.v) ? { kind: "edit" } : { kind: "value", value };
}

/** The two in an order that does not show which came first. */
function inOrder({ hub, edit }: Contest): HubValue[] {
  const key = ({ by, at, v }: HubValue) => JSON.stringify([by, at, v]);
  return key(hub) <= key(edit) ? [hub, edit] : [edit, hub];
}

function editOf(of: HubValue, contest: Contest, type: Type): Instance {
  const members: Readonly<Record<string, () => Value>> = {
    system: () => of.by.replace(/^(system|person):/, ""),
    value: () => fromField(of.v, type),
    time: () => momentOf(of, contest),
  };
  return { of, member: (name) => members[name]?.() ?? null };
}

/** Null where its source told no time, or nobody knows its clock. */
function momentOf(of: HubValue, { corrected, errorMs }: Contest): Moment | null {
  const microseconds = corrected(of);
  return microseconds === null ? null : { source: of.by, microseconds, errorMs: errorMs(of.by) };
}

function recordOf(record: RecordState["values"], fields: readonly Field[]): Instance {
  return {
    member: (name) => {
      const field = fields.find(({ id }) => memberName(id) === name);
      return field === undefined ? null : fromField(record[field.id]?.v, typeOfField(field));
    },
  };
}
