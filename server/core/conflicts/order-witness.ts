import type { Field } from "../map/document.ts";
import type { FieldRules } from "../ownership/field-rules.ts";
import type { HubValue, RecordState } from "../reconcile/state.ts";
import type { FieldType, FieldValue } from "../values/field-value.ts";
import { quoteValue } from "../values/format-value.ts";
import type { PolicyExpression } from "./policy-expression.ts";

/** Edits of three systems that end otherwise when they come in another order. */
export type OrderWitness = { readonly words: string };

type Asked = {
  readonly policy: PolicyExpression;
  readonly rules: FieldRules;
  readonly record: RecordState["values"];
  readonly base: FieldValue;
};

/**
 * Looks for three edits for which an expression gives one value in one order of arrival and another
 * one in another. Two cannot tell their order; what makes a value of two can tell that of three, as
 * the mean of a price does. Nothing found proves nothing, but that it holds for common values.
 */
export function findOrderWitness(
  policy: PolicyExpression,
  rules: FieldRules,
  field: Field,
  others: readonly Field[],
  systems: readonly [string, string, string],
): OrderWitness | null {
  const samples = samplesOf(field);
  const records = [{}, Object.fromEntries(others.map((one) => [one.id, sampled(one)]))];
  for (const base of samples) {
    const edited = samples.filter((one) => !rules.equals(one, base));
    for (const record of records) {
      for (const edits of triples(edited, systems)) {
        const two = twoEnds({ policy, rules, record, base }, edits);
        if (two !== null) return { words: witnessWords(edits, two) };
      }
    }
  }
  return null;
}

/** Two orders of arrival that end otherwise; null where none do. What is asked is no end. */
function twoEnds(asked: Asked, edits: readonly HubValue[]): [Told, Told] | null {
  const told = ORDERS.flatMap((order, at): Told[] => {
    const inOrder = order.flatMap((place) => edits[place] ?? []);
    const end = endOf(asked, inOrder);
    return end === null ? [] : [{ end, at }];
  });
  const [first] = told;
  const other = told.find(({ end }) => first !== undefined && !asked.rules.equals(end, first.end));
  return first === undefined || other === undefined ? null : [first, other];
}

const ORDERS = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
] as const;

type Told = { readonly end: FieldValue; readonly at: number };

function witnessWords(edits: readonly HubValue[], [a, b]: readonly [Told, Told]): string {
  const story = ({ end, at }: Told) => {
    const steps = (ORDERS[at] ?? []).flatMap((place) => edits[place] ?? []);
    const said = steps.map(({ v, by }) => `${by.replace("system:", "")} ${quoteValue(v)}`);
    return `${said.join(", ")} ends as ${quoteValue(end)}`;
  };
  return `${story(a)}, and ${story(b)}`;
}

/** What the hub has in the end; null where a person would be asked. */
function endOf(asked: Asked, [first, ...rest]: readonly HubValue[]): FieldValue | null {
  let hub = first;
  for (const edit of rest) {
    const next = hub === undefined ? null : meet(asked, hub, edit);
    if (next === null) return null;
    hub = next;
  }
  return hub?.v ?? null;
}

/** Two meet, as the engine lets them. */
function meet({ policy, rules, record, base }: Asked, hub: HubValue, edit: HubValue) {
  // What is made of two may be what all had before: the next edit meets nobody then.
  if (rules.equals(hub.v, base)) return edit;
  const corrected = ({ at }: HubValue) => Date.parse(at) * 1_000;
  const verdict = policy.decide({ rules, hub, edit, base, record, errorMs: () => 0, corrected });
  // One that says what the hub has already takes over where it would have won.
  if (rules.equals(edit.v, hub.v)) return verdict.kind === "edit" ? edit : hub;
  if (verdict.kind === "ask") return null;
  if (verdict.kind === "value") return { ...edit, v: verdict.value };
  return verdict.kind === "edit" ? edit : hub;
}

/** Each system with each sample, at two orders of their times. */
function* triples(samples: readonly FieldValue[], systems: readonly string[]) {
  const times = [
    ["01", "02", "03"],
    ["03", "01", "02"],
  ];
  for (const a of samples) {
    for (const b of samples) {
      for (const c of samples) {
        for (const at of times) {
          yield [a, b, c].map((v, place) => ({
            ...{ v, by: `system:${systems[place] ?? ""}` as const },
            at: `2026-01-01T00:00:${at[place]}.000000Z`,
          }));
        }
      }
    }
  }
}

const sampled = (field: Field): HubValue => ({
  ...{ v: samplesOf(field).at(-1) ?? null, by: "person:somebody" },
  at: "2026-01-01T00:00:00.000000Z",
});

const NUMBERS = ["1", "2", "3", "10"];
const TEXTS = ["a", "b", "longer"];
const SAMPLES: Readonly<Record<FieldType, readonly FieldValue[]>> = {
  text: TEXTS,
  reference: TEXTS,
  integer: NUMBERS,
  decimal: NUMBERS,
  boolean: [true, false],
  date: ["2026-01-01", "2026-02-01", "2027-01-01"],
  time: ["01:00:00", "02:00:00", "03:00:00"],
  instant: ["2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z", "2027-01-01T00:00:00Z"],
  enum: TEXTS,
  money: NUMBERS.map((amount) => ({ amount, currency: "EUR" })),
  quantity: NUMBERS.map((amount) => ({ amount, unit: "kg" })),
  list: [],
  set: [],
  json: ["1", "true", "[1]"],
};

function samplesOf({ type, options }: Field): readonly FieldValue[] {
  if (type === "enum" && options?.values !== undefined) return options.values.slice(0, 3);
  if (type !== "list" && type !== "set") return SAMPLES[type];
  const members = SAMPLES[options?.items ?? "text"];
  return [members.slice(0, 1), members.slice(1, 2), members.slice(0, 2)];
}
