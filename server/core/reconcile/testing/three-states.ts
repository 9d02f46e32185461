import fc from "fast-check";
import { POLICIES } from "../../conflicts/policies/registry.ts";
import { MapDocument, POLICY_KINDS, type Policy } from "../../map/document.ts";
import { type CompiledMap, compileMap } from "../../plan/compile-map.ts";
import type { Columns, FieldType } from "../../values/field-value.ts";
import type { MappedObservation } from "../state.ts";
import { ModelHub } from "./model-hub.ts";

/**
 * Related states, as CanopyCheck of Dropbox makes them: a base on which all agree, perturbed a few
 * times on each side. Unrelated states would be nothing but first contacts.
 */
export const SYSTEMS = ["a", "b", "c"] as const;
export type SystemName = (typeof SYSTEMS)[number];
const ROWS = ["1", "2"] as const;

/** One thing that a person does to a row. */
export type Perturbation = {
  readonly system: SystemName;
  readonly row: (typeof ROWS)[number];
  /** Null deletes the row; a row that is not there is made. */
  readonly columns: Columns | null;
  /** Seconds after noon: when it happened, by its system's clock. */
  readonly second: number;
};

export type Rules = {
  readonly policy: Policy["kind"];
  readonly tiers:
    | readonly { readonly systems: readonly string[]; readonly when?: "blank" }[]
    | null;
  readonly refused: "revert" | "keep-apart" | "review";
  readonly once?: true;
  /** Who decides the other fields while the word is red: cases like this are rarely drawn. */
  readonly whileRed?: readonly string[];
  /** Which systems may clear; without it all that may decide. */
  readonly clear?: readonly string[];
  /** Rows of c with this word lie outside its scope; missing: c is about all of its rows. */
  readonly outside?: { readonly word: string; readonly whenLeft: "stop" | "gone" } | undefined;
};

export type Case = {
  readonly rules: Rules;
  readonly base: readonly Columns[];
  readonly steps: readonly Perturbation[];
};

const words = fc.constantFrom<string | null>("red", "green", "blue", "", null);
const counts = fc.integer({ min: -3, max: 9 }).map(String);
const tags = fc.option(fc.subarray(["a", "b", "c", "d"]));
/** Sentences that each may be as they were, said otherwise, left out or repeated. */
const stories = fc
  .tuple(
    ...["One", "Two", "Six", "Ten"].map((word) =>
      fc.oneof(
        { weight: 4, arbitrary: fc.constant(`${word}. `) },
        { weight: 1, arbitrary: fc.constantFrom("", `${word}! `, `${word}? `, "One. ") },
      ),
    ),
  )
  .map((sentences) => sentences.join(""));

/** Values that one row may have, each in a field of its own. */
export const anyColumns: Readonly<Record<ModelField, fc.Arbitrary<Columns>>> = {
  word: fc.record({ word: words }),
  count: fc.record({ count: counts }),
  tags: fc.record({ tags }),
  story: fc.record({ story: stories }),
};

const orders = fc.shuffledSubarray([...SYSTEMS], { minLength: 3, maxLength: 3 });

/** Nobody owns it, one does, several of one rank, a ranked list, or others fill what is blank. */
export const tiers = fc.oneof(
  { weight: 3, arbitrary: fc.constant(null) },
  orders.map(([first = "a"]) => [{ systems: [first] }]),
  orders.map((order) => [{ systems: order }]),
  orders.map((order) => order.map((system) => ({ systems: [system] }))),
  orders.map(([first = "a", ...others]) => [
    { systems: [first] },
    { systems: others, when: "blank" as const },
  ]),
);

export const rules: fc.Arbitrary<Rules> = fc
  .record({
    policy: fc.constantFrom(...POLICY_KINDS),
    tiers,
    refused: fc.constantFrom("revert", "keep-apart", "review"),
    clear: fc.option(fc.subarray([...SYSTEMS]), { freq: 4, nil: undefined }),
    whileRed: fc.option(fc.subarray([...SYSTEMS], { minLength: 1 }), { freq: 4, nil: undefined }),
    outside: fc.option(
      fc.record({
        word: fc.constantFrom("green", "blue"),
        whenLeft: fc.constantFrom("stop", "stop", "gone"),
      }),
      { nil: undefined },
    ),
  })
  .map(({ clear, whileRed, ...of }) => ({
    ...of,
    ...(clear && { clear }),
    ...(whileRed && of.tiers !== null && { whileRed }),
  }));

const columnsOf = fc.record({ word: words, count: counts, tags, story: stories });

const perturbations = fc.record({
  system: fc.constantFrom(...SYSTEMS),
  row: fc.constantFrom(...ROWS),
  columns: fc.oneof(
    { weight: 5, arbitrary: anyColumns.word },
    { weight: 4, arbitrary: anyColumns.count },
    { weight: 2, arbitrary: anyColumns.tags },
    { weight: 2, arbitrary: anyColumns.story },
    // What breaks a rule is held.
    { weight: 1, arbitrary: fc.constant({ word: "much too long a word" }) },
    { weight: 1, arbitrary: fc.constant(null) },
  ),
  second: fc.integer({ min: 1, max: 500 }),
});

export const cases: fc.Arbitrary<Case> = fc.record({
  rules,
  base: fc.array(columnsOf, { minLength: 1, maxLength: ROWS.length }),
  steps: fc.array(perturbations, { minLength: 1, maxLength: 12 }),
});

export const MODEL_FIELDS = ["word", "count", "tags", "story"] as const;
export type ModelField = (typeof MODEL_FIELDS)[number];

const TYPES: Readonly<Record<ModelField, FieldType>> = {
  word: "text",
  count: "integer",
  tags: "set",
  story: "text",
};

/** The case's policy where it can decide the field; another one where its type does not fit. */
export function policyFor(field: ModelField, { policy }: Rules): Policy["kind"] {
  const { types } = POLICIES[policy];
  return types === undefined || types.includes(TYPES[field]) ? policy : "newest";
}

/** The policy as the map says it; what an expression gives must not show the order either. */
const policyOf = (field: ModelField, rules: Rules): Policy => {
  const kind = policyFor(field, rules);
  return kind === "expression" ? { kind, expression: EXPRESSIONS[field] } : { kind };
};

const EXPRESSIONS: Readonly<Record<ModelField, string>> = {
  word: "edits[0]",
  count: "max(values)",
  tags: "(has(values[0]) ? values[0] : []) + (has(values[1]) ? values[1] : [])",
  story: 'edits.exists(e, e.system == "b") ? edits.filter(e, e.system == "b")[0] : edits[1]',
};

/** A map of three systems that share things with a word, a count, tags and a story. */
export function mapOf(rules: Rules): CompiledMap {
  const { tiers: owners, refused, once, clear, whileRed, outside } = rules;
  const limits = { ...(once && { once }), ...(clear && { clear }) };
  const when = [{ of: "word", operator: "is", values: ["red"] }];
  const cases = whileRed && [{ when, tiers: [{ systems: whileRed }], refused }];
  const ownershipOf = (id: ModelField) =>
    owners !== null && {
      ownership: {
        ...(cases && id !== "word" && { cases }),
        ...{ tiers: owners, refused, ...limits },
      },
    };
  const document = MapDocument.parse({
    format: 1,
    systems: SYSTEMS.map((id, line) => ({
      id,
      name: id,
      code: `${id.toUpperCase()}1`,
      line: line + 1,
    })),
    entities: [
      {
        id: "thing",
        name: "Thing",
        title: "key",
        matchKeys: [["key"]],
        fields: [
          { id: "key", name: "Key", type: "text" },
          ...MODEL_FIELDS.map((id) => ({
            ...{ id, name: id, type: TYPES[id], policy: policyOf(id, rules) },
            ...(id === "word" && { validation: [{ kind: "length", max: 10 }] }),
            ...ownershipOf(id),
          })),
        ],
      },
    ],
    bindings: SYSTEMS.map((system) => ({
      id: `${system}-thing`,
      system,
      object: "things",
      entity: "thing",
      ...(system === "c" && outside !== undefined ? { scope: scopeWithout(outside) } : {}),
      whenRowGone: "delete",
      whenRecordDeleted: "delete",
      edges: ["key", ...MODEL_FIELDS].map((id) => ({ id, columns: [id], fields: [id] })),
    })),
  });
  return compileMap(1, document, () => null);
}

const scopeWithout = ({ word, whenLeft }: NonNullable<Rules["outside"]>) => ({
  conditions: [{ of: "word", operator: "is-not", values: [word] }],
  whenLeft,
});

export const atSecond = (second: number): string =>
  new Date(Date.UTC(2026, 2, 1, 11, 0, second)).toISOString().replace("Z", "000Z");

/** The hub and all systems, agreed on the base. */
export function agree({ rules: of, base }: Pick<Case, "rules" | "base">): ModelHub {
  const hub = new ModelHub(mapOf(of));
  for (const [index, columns] of base.entries()) {
    for (const system of SYSTEMS) {
      const row = { key: `K${index + 1}`, ...columns };
      hub.observe([hub.edit(system, String(index + 1), row, atSecond(0))]);
    }
  }
  settle(hub);
  return hub;
}

/** Does a step in its system. @returns what the system tells, or null when nothing happened */
export function perturb(hub: ModelHub, step: Perturbation): MappedObservation | null {
  const { system, row, columns, second } = step;
  const isThere = hub.system(system).rows.has(row);
  if (columns === null && !isThere) return null;
  const whole = isThere || columns === null ? columns : { key: `K${row}`, ...columns };
  return hub.edit(system, row, whole, atSecond(second));
}

export const ROUNDS_MAX = 25;

/** Delivers until nothing is due. @returns how many rounds it took, at most `ROUNDS_MAX` */
export function settle(hub: ModelHub): number {
  for (let round = 0; round < ROUNDS_MAX; round += 1) if (hub.deliver() === 0) return round;
  return ROUNDS_MAX;
}
