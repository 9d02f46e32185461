import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AuditEntry } from "../audit/audit-entry.ts";
import type { LinkId } from "../ids.ts";
import { isSame } from "../map/same.ts";
import { admits, type FieldRules, rulesFor } from "../ownership/field-rules.ts";
import { lawRuns } from "../testing/law-runs.ts";
import { isBlank } from "../values/equal-value.ts";
import type { Columns, FieldValue } from "../values/field-value.ts";
import type { LinkState, MappedObservation, RecordState } from "./state.ts";
import type { ModelHub } from "./testing/model-hub.ts";
import {
  agree,
  anyColumns,
  atSecond,
  type Case,
  cases,
  MODEL_FIELDS,
  mapOf,
  perturb,
  policyFor,
  ROUNDS_MAX,
  rules,
  SYSTEMS,
  settle,
} from "./testing/three-states.ts";
import { heldKey, rowKey } from "./world.ts";

/** The laws of `reconcileBatch`; SPEC.md has them in words. */
const RUNS = lawRuns(600);

/** A question is open at first contact; one contender leaves, the other comes to its value. */
const BACK_TO_THE_HUBS: Case = {
  rules: { policy: "newest", tiers: null, refused: "revert" },
  base: [{ word: "red", count: "0" }],
  steps: [
    { system: "b", row: "2", columns: { count: "4" }, second: 1 },
    { system: "a", row: "2", columns: { count: "0" }, second: 1 },
    { system: "b", row: "2", columns: { count: "1" }, second: 1 },
    { system: "a", row: "2", columns: { count: "4" }, second: 1 },
  ],
};

/** What a hub has come to, without the order in which its maps were filled. */
function standing(hub: ModelHub) {
  return {
    records: [...hub.records.values()],
    links: [...hub.links.values()],
    conflicts: [...hub.conflicts.values()],
    held: [...hub.held.keys()].sort(),
    waiting: [...hub.waiting].sort(),
    due: [...hub.due].sort(),
    audit: hub.audit,
  };
}

/** Does every step in its system first: nobody has looked meanwhile. */
function unseen(hub: ModelHub, { steps }: Case): MappedObservation[] {
  return steps.flatMap((step) => perturb(hub, step) ?? []);
}

/** Steps one by one; after some of them the systems are written to. */
function play(one: Case, deliverAfter: readonly boolean[]): ModelHub {
  const hub = agree(one);
  for (const [index, step] of one.steps.entries()) {
    const told = perturb(hub, step);
    if (told !== null) hub.observe([told]);
    if (deliverAfter[index % deliverAfter.length] === true) hub.deliver();
  }
  return hub;
}

const pauses = fc.array(fc.boolean(), { minLength: 1, maxLength: 6 });

const liveLinks = (hub: ModelHub): LinkState[] =>
  [...hub.links.values()].filter(({ state }) => state === "live");

/** A difference that is listed: asked, held, kept apart, or about a deleted record. */
function isListed(hub: ModelHub, link: LinkState, field: string): boolean {
  return (
    link.bases[field]?.apart === true ||
    [...hub.held.values()].some((held) => held.record === link.record && held.field === field) ||
    hub.openOf(link.record).some((c) => c.kind === "delete" || c.field === field)
  );
}

describe("laws of reconcileBatch", () => {
  test("determinism: the same observations give the same decisions", () => {
    fc.assert(
      fc.property(cases, pauses, (one, deliverAfter) => {
        expect(standing(play(one, deliverAfter))).toEqual(standing(play(one, deliverAfter)));
      }),
      lawRuns(150),
    );
  });

  test("batch size: one by one, in parts or all at once, the same is decided", () => {
    fc.assert(
      fc.property(cases, fc.integer({ min: 2, max: 5 }), (one, size) => {
        const [single, parted, whole] = [1, size, Number.MAX_SAFE_INTEGER].map((countMax) => {
          const hub = agree(one);
          const told = unseen(hub, one);
          while (told.length > 0) hub.observe(told.splice(0, countMax));
          return standing(hub);
        });
        expect(parted).toEqual(single);
        expect(whole).toEqual(single);
      }),
      RUNS,
    );
  });

  test("idempotence: what was told already changes nothing when it is told again", () => {
    fc.assert(
      fc.property(cases, (one) => {
        const hub = agree(one);
        const told = unseen(hub, one);
        hub.observe(told);
        const before = standing(hub);
        hub.observe(told);
        expect({ ...standing(hub), due: before.due }).toEqual(before);
      }),
      RUNS,
    );
  });

  test("idempotence: a row told as it is known is no news, however much later", () => {
    fc.assert(
      fc.property(cases, pauses, (one, deliverAfter) => {
        const hub = play(one, deliverAfter);
        settle(hub);
        const before = { records: [...hub.records.values()], lines: hub.audit.length };
        for (const { system, externalId } of liveLinks(hub)) {
          hub.observe([hub.tell(system, externalId ?? "", { at: null, transaction: null })]);
        }
        expect(hub.audit.slice(before.lines)).toEqual([]);
        expect([...hub.records.values()]).toEqual(before.records);
        expect(hub.deliver()).toBe(0);
      }),
      RUNS,
    );
  });

  test("convergence: when edits stop, every linked row has the hub's values, or it is listed", () => {
    fc.assert(
      fc.property(cases, pauses, (one, deliverAfter) => {
        const hub = play(one, deliverAfter);
        expect(settle(hub)).toBeLessThan(ROUNDS_MAX);
        for (const link of liveLinks(hub)) expectAgreed(hub, link);
      }),
      RUNS,
    );
  });

  test("scope: a row outside is nobody's, and the line that ended its link says why", () => {
    fc.assert(
      fc.property(cases, pauses, (one, deliverAfter) => {
        const hub = play(one, deliverAfter);
        settle(hub);
        // Without a scope no row has this word.
        const word = one.rules.outside?.word ?? "none";
        const ofC = liveLinks(hub).filter(({ system }) => system === "c");
        const rows = ofC.map(({ externalId }) => hub.system("c").rows.get(externalId ?? ""));
        for (const row of rows) expect(row?.["word"]).not.toBe(word);
        const ends = hub.audit.filter(({ kind }) => kind === "unlinked");
        for (const { cause } of ends) expect(cause.detail).toContain(`"${word}"`);
      }),
      RUNS,
    );
  });

  test("quiescence: after that nothing is written any more", () => {
    fc.assert(
      fc.property(cases, pauses, (one, deliverAfter) => {
        const hub = play(one, deliverAfter);
        settle(hub);
        const lines = hub.audit.length;
        for (const id of hub.links.keys()) hub.due.add(id as LinkId);
        expect(hub.deliver()).toBe(0);
        expect(hub.audit.length).toBe(lines);
      }),
      RUNS,
    );
  });

  test("ownership: a value whose system may not decide never becomes the hub's", () => {
    fc.assert(
      fc.property(cases, pauses, (one, deliverAfter) => {
        const hub = play(one, deliverAfter);
        const fields = [...mapOf(one.rules).entities.values()][0]?.fields ?? new Map();
        const standing = new Map<string, RecordState["values"]>();
        for (const line of hub.audit) {
          const values = standing.get(line.record ?? "") ?? {};
          expectAdmitted(fields, line, values);
          standing.set(line.record ?? "", after(line, values));
        }
        for (const record of hub.records.values()) expectOwned(fields, record);
      }),
      RUNS,
    );
  });

  test("set once: what an owner has set no system changes", () => {
    fc.assert(
      fc.property(cases, pauses, ({ rules: drawn, ...one }, deliverAfter) => {
        fc.pre(drawn.tiers !== null);
        const { whileRed: _, ...of } = drawn;
        const hub = play({ ...one, rules: { ...of, once: true } }, deliverAfter);
        const fields = [...mapOf(of).entities.values()][0]?.fields ?? new Map();
        expectSetOnce(fields, hub.audit);
      }),
      RUNS,
    );
  });

  test("clearing: only a system with the right makes a value blank", () => {
    fc.assert(
      fc.property(cases, pauses, clearing, ({ rules: drawn, ...one }, deliverAfter, clear) => {
        fc.pre(drawn.tiers !== null);
        const { whileRed: _, ...of } = drawn;
        const hub = play({ ...one, rules: { ...of, clear } }, deliverAfter);
        for (const { kind, actor, before = null, after, rule } of hub.audit) {
          if (kind !== "accepted" || isBlank(before) || !isBlank(after as FieldValue)) continue;
          expect(clear, rule).toContain(actor.replace("system:", ""));
        }
      }),
      RUNS,
    );
  });

  test("nothing lost: each edit is taken, told among the losers, asked, held or no news", () => {
    fc.assert(
      fc.property(cases, pauses, (one, deliverAfter) => {
        const hub = agree(one);
        for (const [index, step] of one.steps.entries()) {
          const told = perturb(hub, step);
          if (told === null) continue;
          expectFound(hub, told);
          if (deliverAfter[index % deliverAfter.length] === true) hub.deliver();
        }
      }),
      { ...RUNS, examples: [[BACK_TO_THE_HUBS, [false]]] },
    );
  });

  test("order: where no person is asked, edits on several sides end the same in any order", () => {
    fc.assert(
      fc.property(fc.constantFrom(...MODEL_FIELDS), contests, orders, (field, of, order) => {
        // A row that has left tells nothing of what it did before it left.
        fc.pre(of.rules.outside === undefined);
        const edits = of.edits[field];
        const policy = policyFor(field, of.rules);
        // What is made of two and is the base again makes the next edit a clean one: where three
        // systems tell the field, the check refuses such an expression.
        fc.pre(policy !== "expression" || field !== "tags");
        // A blank has no number to add to: it is asked.
        fc.pre(policy !== "sum-of-deltas" || edits.every((one) => one[field] !== null));
        const [first, second] = [[0, 1, 2], order].map((indexes) => {
          const hub = agree({ rules: of.rules, base: [of.base] });
          const told = SYSTEMS.map((system, index) =>
            hub.edit(system, "1", edits[index] ?? {}, atSecond(of.seconds[index] ?? 0)),
          );
          for (const index of indexes) hub.observe(told[index] === undefined ? [] : [told[index]]);
          settle(hub);
          const asked = [...hub.conflicts.values()].length > 0;
          return { asked, values: [...hub.records.values()].map(({ values: v }) => v[field]?.v) };
        });
        // Sentences that touch are asked about, and what would leave a set without members that
        // nobody may clear; everything else is decided.
        const isDecided =
          policy !== "text-merge" && !(policy === "set-union" && of.rules.clear !== undefined);
        if (isDecided) expect([first?.asked, second?.asked]).toEqual([false, false]);
        if (first?.asked || second?.asked) return;
        expect(second?.values).toEqual(first?.values);
      }),
      lawRuns(3_000),
    );
  });
});

/** Without ranks there is nothing to rank by, and it is asked: left out, like whatever asks. */
const deciding = rules.filter(
  ({ policy, refused, tiers, whileRed }) =>
    whileRed === undefined &&
    policy !== "review" &&
    ((policy !== "ranked" && policy !== "first-non-empty") || tiers !== null) &&
    refused !== "review" &&
    !(tiers ?? []).some(({ when }) => when === "blank"),
);

const three = <T>(one: fc.Arbitrary<T>) => fc.array(one, { minLength: 3, maxLength: 3 });

/** One edit of each system, all from one base; two of them may have come to the same. */
const contests = fc.record({
  rules: deciding,
  base: fc
    .tuple(...MODEL_FIELDS.map((field) => anyColumns[field]))
    .map((columns): Columns => ({ ...Object.assign({}, ...columns), count: "4" })),
  edits: fc.record({
    word: three(anyColumns.word),
    count: three(anyColumns.count),
    tags: three(anyColumns.tags),
    story: three(anyColumns.story),
  }),
  seconds: fc.uniqueArray(fc.integer({ min: 1, max: 500 }), { minLength: 3, maxLength: 3 }),
});

const orders = fc.shuffledSubarray([0, 1, 2], { minLength: 3, maxLength: 3 });

/** The row has what the hub has, in every field about which nothing is listed. */
function expectAgreed(hub: ModelHub, link: LinkState): void {
  const record = hub.records.get(link.record);
  const row = hub.system(link.system).rows.get(link.externalId ?? "");
  expect(row, "a linked row exists").toBeDefined();
  if (hub.openOf(link.record).some(({ kind }) => kind === "delete")) return;
  expect(record?.deletedAt, "a deleted record's rows are gone").toBeNull();
  for (const [field, { v }] of Object.entries(record?.values ?? {})) {
    if (!isListed(hub, link, field)) expect(row?.[field], field).toEqual(v);
  }
}

/** Whoever decided the field may do so, given what the hub had. */
function expectAdmitted(
  fields: ReadonlyMap<string, FieldRules>,
  line: AuditEntry,
  values: RecordState["values"],
): void {
  const whole = line.field === null ? undefined : fields.get(line.field);
  if (line.kind !== "accepted" || whole === undefined) return;
  const own = rulesFor(whole, values);
  const system = line.actor.replace("system:", "");
  const by = `system:${system}` as const;
  const stood = line.before === undefined ? undefined : { v: line.before, by, at: "" };
  // Whose value stood there the line does not say: what is set once has a law of its own.
  const claim = { system, hub: stood, value: line.after as FieldValue };
  expect(admits({ ...own, once: false }, claim), `${line.field} by ${system}`).toBe(true);
}

const clearing = fc.subarray([...SYSTEMS]);

/** After an owner's value only a blank one, or one that fills a blank, is followed by another. */
function expectSetOnce(
  fields: ReadonlyMap<string, FieldRules>,
  audit: readonly AuditEntry[],
): void {
  const fills = (field: string, actor: string) =>
    fields.get(field)?.tiers.get(actor.replace("system:", ""))?.whenBlank === true;
  const last = new Map<string, string>();
  for (const { kind, field, actor, before = null, record } of audit) {
    if (kind === "converged") last.delete(`${record} ${field}`);
    if (kind !== "accepted" || field === null || fields.get(field)?.open !== false) continue;
    const setter = last.get(`${record} ${field}`);
    last.set(`${record} ${field}`, actor);
    if (setter !== undefined && !fills(field, setter)) expect(isBlank(before), field).toBe(true);
  }
}

/** A record's values as a line leaves them; whose they are does not matter here. */
function after(line: AuditEntry, values: RecordState["values"]): RecordState["values"] {
  const of = (v: FieldValue) => ({ v, by: "person:law", at: "" }) as const;
  if (line.kind === "created") {
    const first = Object.entries(line.after as Record<string, FieldValue>);
    return Object.fromEntries(first.map(([field, v]) => [field, of(v)]));
  }
  const isSet = ["accepted", "resolved"].includes(line.kind) && line.after !== undefined;
  return isSet && line.field !== null
    ? { ...values, [line.field]: of(line.after as FieldValue) }
    : values;
}

/** Every value of a field with owners is one of theirs, in one case or another. */
function expectOwned(fields: ReadonlyMap<string, FieldRules>, { values }: RecordState): void {
  for (const [field, { by }] of Object.entries(values)) {
    const own = fields.get(field);
    const all = own === undefined ? [] : [own, ...own.cases.map(({ rules: of }) => of)];
    const owners = all.flatMap(({ tiers }) => [...tiers.keys()].map((id) => `system:${id}`));
    if (own?.open !== true) expect(owners).toContain(by);
  }
}

/** Decides what a row tells, and looks for each of its values and problems afterwards. */
function expectFound(hub: ModelHub, told: MappedObservation): void {
  const before = hub.world();
  hub.observe([told]);
  const key = rowKey(told.binding, told.externalId);
  // What a row outside has is nobody's, and it waits for nobody.
  if (told.outside !== undefined) {
    expect(hub.waiting.has(key)).toBe(false);
    return;
  }
  for (const [field, value = null] of Object.entries(told.fields)) {
    expect(whatBecame(hub, before, told, { field, value })).not.toBe("lost");
  }
  const link = hub.world().linkAt.get(key);
  if (link === undefined) return;
  for (const { field } of told.problems) expect(hub.held.has(heldKey(link, field))).toBe(true);
}

type Edit = { readonly field: string; readonly value: FieldValue };

/** The link that the row had, or comes back to: as another record's it starts anew. */
function linkBefore(
  { links, linkAt, leftAt }: ReturnType<ModelHub["world"]>,
  key: string,
  linked: LinkId | undefined,
) {
  const left = leftAt?.get(key);
  const id = linkAt.get(key) ?? (left === linked ? left : undefined);
  return id === undefined ? undefined : links.get(id);
}

/** Where an edit is found again, in the order in which one would look. */
function whatBecame(
  hub: ModelHub,
  before: ReturnType<ModelHub["world"]>,
  told: MappedObservation,
  { field, value }: Edit,
): string {
  const key = rowKey(told.binding, told.externalId);
  if (hub.waiting.has(key)) return "waits";
  const linked = hub.world().linkAt.get(key);
  const base = linkBefore(before, key, linked)?.bases[field];
  if (base !== undefined && isSame(base.s, value)) return "no news";
  const link = linked === undefined ? undefined : hub.links.get(linked);
  if (link === undefined) return "lost";
  const record = hub.records.get(link.record);
  if (isSame(record?.values[field]?.v, value)) return "taken";
  const isTold = hub.audit.some(
    (line) =>
      line.field === field &&
      line.cause.position === told.position &&
      // What met the hub's value is told so, although that may end a question for another one.
      (line.rule === "sum-of-deltas" ||
        (line.kind === "converged" && isSame(line.after, value)) ||
        line.losers?.some((loser) => isSame(loser.value, value))),
  );
  if (isTold) return "told";
  const asked = hub.openOf(link.record).flatMap(({ candidates }) => candidates);
  if (asked.some((one) => one.link === link.id && isSame(one.value, value))) return "asked";
  return base === undefined && isBlank(value) ? "yields" : "lost";
}
