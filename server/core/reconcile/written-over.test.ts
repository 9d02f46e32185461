import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isSame } from "../map/same.ts";
import { lawRuns } from "../testing/law-runs.ts";
import type { Columns } from "../values/field-value.ts";
import { answerConflict, type Choice } from "./answer.ts";
import type { Conflict, MappedObservation } from "./state.ts";
import { agreeOn, columnsOf, edit, rowText } from "./testing/address-states.ts";
import type { ModelHub } from "./testing/model-hub.ts";
import {
  agree,
  anyColumns,
  atSecond,
  MODEL_FIELDS,
  type ModelField,
  perturb,
  ROUNDS_MAX,
  type Rules,
  rules,
  SYSTEMS,
  type SystemName,
  settle,
} from "./testing/three-states.ts";

/**
 * A system that knows no conditions and has a log: a's value is on its way to b when somebody there
 * sets another one. b's log tells that edit, and then our own write, which went over it.
 */
const BASE = { word: "red", count: "1" };
const A_OWNS: Pick<Rules, "tiers"> = { tiers: [{ systems: ["a"] }] };

function play(of: Partial<Rules>, { a, b }: { a: Columns; b: Columns }, second = 9) {
  const full = { policy: "review", tiers: null, refused: "revert", ...of } as const;
  const hub = agree({ rules: full, base: [BASE] });
  told(hub, "a", a, 5);
  const edit = hub.writeOver("b", "1", b, atSecond(second));
  return { hub, edit };
}

const writtenOver = (...of: Parameters<typeof play>): ModelHub => play(...of).hub;

function told(hub: ModelHub, system: SystemName, columns: Columns | null, second: number): void {
  const one = perturb(hub, { system, row: "1", columns, second });
  if (one !== null) hub.observe([one]);
}

const openIn = (hub: ModelHub): Conflict[] =>
  [...hub.conflicts.values()].filter(({ state }) => state === "open");

function answer(hub: ModelHub, choice: Choice): void {
  const [conflict] = openIn(hub);
  if (conflict === undefined) throw new Error("Nothing is asked.");
  const { id, revision } = conflict;
  const given = {
    conflict: id,
    revision,
    choice,
    person: "person:ana",
    command: "resolve",
  } as const;
  const answered = answerConflict(hub.world(), conflict, given, hub.newId);
  if (answered.kind !== "resolved") throw new Error(answered.kind);
  hub.keep(answered.changes);
  settle(hub);
}

const words = (hub: ModelHub) => SYSTEMS.map((id) => hub.system(id).rows.get("1")?.["word"]);
const FROM_B = { kind: "candidate", from: "system:b" } as const;
const BLUE = { from: "system:b", value: "blue", writtenOver: true };

describe("an edit that our write went over", () => {
  test("wins where it is the later one, and is brought back to its system", () => {
    const hub = writtenOver({ policy: "newest" }, { a: { word: "green" }, b: { word: "blue" } });
    expect(words(hub)).toEqual(["green", "green", "red"]);
    settle(hub);
    expect(words(hub)).toEqual(["blue", "blue", "blue"]);
    const over = hub.audit.find(({ cause }) => cause.detail?.startsWith("It went over"));
    expect(over).toMatchObject({ kind: "stored", system: "b", before: "blue", after: "green" });
  });

  test("is named as having lost where it is the earlier one", () => {
    const hub = writtenOver({ policy: "newest" }, { a: { word: "green" }, b: { word: "blue" } }, 2);
    settle(hub);
    expect(words(hub)).toEqual(["green", "green", "green"]);
    const lost = hub.audit.flatMap(({ losers }) => losers ?? []);
    expect(lost).toMatchObject([{ from: "system:b", value: "blue" }]);
  });

  test("stays asked, whatever else its row tells, and is brought back where a person wants it", () => {
    const hub = writtenOver({}, { a: { word: "green" }, b: { word: "blue" } });
    expect(openIn(hub)).toMatchObject([{ field: "word", candidates: [{}, BLUE] }]);
    told(hub, "b", { count: "2" }, 12);
    settle(hub);
    expect(openIn(hub)).toMatchObject([{ field: "word", candidates: [{}, BLUE] }]);
    answer(hub, FROM_B);
    expect(words(hub)).toEqual(["blue", "blue", "blue"]);
  });

  test("goes where a person wants the other value, and nothing is written for it", () => {
    const hub = writtenOver({}, { a: { word: "green" }, b: { word: "blue" } });
    answer(hub, { kind: "candidate", from: "system:a" });
    expect(words(hub)).toEqual(["green", "green", "green"]);
    expect(hub.audit.filter(({ kind, system }) => kind === "stored" && system === "b").length).toBe(
      1,
    );
  });

  test("gives way to what its people set since, the same value too", () => {
    const hub = writtenOver({}, { a: { word: "green" }, b: { word: "blue" } });
    told(hub, "b", { word: "blue" }, 12);
    const [question] = openIn(hub);
    expect(question?.candidates.find(({ from }) => from === "system:b")).not.toHaveProperty(
      "writtenOver",
    );
    // It is theirs again: a return to what we had written there withdraws it.
    told(hub, "b", { word: "green" }, 14);
    expect(openIn(hub)).toEqual([]);
  });

  test("is asked about where its system was allowed to keep it", () => {
    const apart = { ...A_OWNS, refused: "keep-apart" } as const;
    const hub = writtenOver(apart, { a: { word: "green" }, b: { word: "blue" } });
    expect(openIn(hub)).toMatchObject([{ reason: "refused-review", candidates: [{}, BLUE] }]);
    answer(hub, FROM_B);
    expect(words(hub)).toEqual(["blue", "blue", "blue"]);
  });

  test("is asked about where we deleted its row; kept, the row is made again", () => {
    const hub = writtenOver({}, { a: {}, b: {} });
    told(hub, "a", null, 5);
    hub.writeOver("b", "1", { word: "blue" }, atSecond(9));
    expect(hub.system("b").rows.size).toBe(0);
    expect(openIn(hub)).toMatchObject([{ kind: "delete", reason: "row-gone-with-edits" }]);
    answer(hub, { kind: "keep" });
    expect([...hub.system("b").rows.values()]).toMatchObject([{ key: "K1", word: "blue" }]);
  });

  test("stays whole where the write carried a part of it", () => {
    const hub = agreeOn({}, "s1/c1/z1");
    edit(hub, "a", "s2/c1/z1", 5);
    hub.writeOver("b", "1", columnsOf("s3/c1/z3"), atSecond(9));
    hub.observe([hub.edit("b", "1", { note: "x" }, atSecond(12))]);
    settle(hub);
    const value = { parts: columnsOf("s3/c1/z3") };
    expect(openIn(hub)).toMatchObject([{ candidates: [{}, { ...BLUE, value }] }]);
    answer(hub, { kind: "candidate", from: "system:a" });
    expect(SYSTEMS.map((id) => rowText(hub, id))).toEqual(["s2/c1/z1", "s2/c1/z1", "s2/c1/z1"]);
  });
});

const oneField = fc
  .constantFrom(...MODEL_FIELDS)
  .chain((field) =>
    fc.record({ field: fc.constant(field), a: anyColumns[field], b: anyColumns[field] }),
  );

test("whatever the rules, it is decided, or asked and still to be had", () => {
  const second = fc.integer({ min: 1, max: 9 });
  fc.assert(
    fc.property(rules, oneField, second, ({ outside: _, ...of }, { field, a, b }, at) => {
      const { hub, edit } = play(of, { a, b }, at);
      expect(settle(hub)).toBeLessThan(ROUNDS_MAX);
      if (edit !== null) expect(problemsOf(hub, field, edit)).toEqual([]);
    }),
    lawRuns(2_000),
  );
});

/** What was asked, or kept apart, must be there to be chosen; what was decided, be everywhere. */
function problemsOf(hub: ModelHub, field: ModelField, edit: MappedObservation): string[] {
  const [question] = openIn(hub);
  const end = hub.audit.find(
    (line) => line.field === field && line.system === "b" && line.cause.position === edit.position,
  );
  const value = edit.fields[field] ?? null;
  const isLeft = question?.candidates.some(
    (one) => one.from === "system:b" && isSame(one.value, value),
  );
  const waits = end?.kind === "held" || end?.kind === "kept-apart";
  if (waits && isLeft !== true) return [`${end.kind}, and nobody can choose it`];
  const [record] = hub.records.values();
  const row = hub.system("b").rows.get("1")?.[field] ?? null;
  const isOpen = question !== undefined || hub.held.size > 0;
  return isOpen || isSame(row, record?.values[field]?.v ?? null) ? [] : [`b has ${row}`];
}
