import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Field } from "../map/document.ts";
import { compileFieldRules } from "../ownership/field-rules.ts";
import { lawRuns } from "../testing/law-runs.ts";
import { table } from "../testing/table.ts";
import { isBlank, makeEquals } from "../values/equal-value.ts";
import type { FieldValue } from "../values/field-value.ts";
import { decideField, type FieldDecision, type FieldQuestion } from "./decide-field.ts";
import type { Base, Source } from "./state.ts";

type Setting = { ownership?: unknown; policy?: string; type?: string };

/** Named rules that the tables refer to. The edit is always the shop's. */
const SETTINGS: Record<string, Setting> = {
  open: {},
  newest: { policy: "newest" },
  ranked: { policy: "ranked", ownership: { tiers: [{ systems: ["erp", "shop"] }] } },
  sum: { policy: "sum-of-deltas", type: "integer" },
  min: { policy: "min", type: "integer" },
  longest: { policy: "longest" },
  first: { policy: "first-non-empty", ownership: { tiers: [{ systems: ["erp", "shop"] }] } },
  merge: { policy: "text-merge" },
  "erp owns": { ownership: { tiers: [{ systems: ["erp"] }] } },
  "erp owns, apart": { ownership: { tiers: [{ systems: ["erp"] }], refused: "keep-apart" } },
  "erp owns, ask": { ownership: { tiers: [{ systems: ["erp"] }], refused: "review" } },
  "erp then shop": { ownership: { tiers: [{ systems: ["erp"] }, { systems: ["shop"] }] } },
  "shop then erp": { ownership: { tiers: [{ systems: ["shop"] }, { systems: ["erp"] }] } },
  once: { ownership: { tiers: [{ systems: ["erp", "shop"] }], once: true } },
  "once, apart": {
    ownership: { tiers: [{ systems: ["erp", "shop"] }], once: true, refused: "keep-apart" },
  },
  "once, filled": {
    ownership: {
      tiers: [{ systems: ["shop"] }, { systems: ["erp"], when: "blank" }],
      once: true,
    },
  },
  "erp clears": { ownership: { tiers: [{ systems: ["erp", "shop"] }], clear: ["erp"] } },
  "erp clears, ask": {
    ownership: { tiers: [{ systems: ["erp", "shop"] }], clear: ["erp"], refused: "review" },
  },
  "shop fills": {
    ownership: { tiers: [{ systems: ["erp"] }, { systems: ["shop"], when: "blank" }] },
  },
};

function rulesOf(name: string) {
  const { ownership, policy = "review", type = "text" } = SETTINGS[name] ?? {};
  const field = Field.parse({ id: "f", name: "F", type, policy: { kind: policy }, ownership });
  return compileFieldRules(field, { equals: makeEquals(field.type, field.options), isBlank });
}

/** "-" is null, "." is absent; a hub value may say by whom: "b@erp". */
const cell = (text: string): FieldValue => (text === "-" ? null : text);

function baseOf(s: string, g: string): Base | undefined {
  if (s === ".") return undefined;
  if (g === "void") return { s: cell(s), void: true };
  return g === s ? { s: cell(s) } : { s: cell(s), g: cell(g) };
}

function ask(row: Record<"rules" | "i" | "h" | "s" | "g", string>): FieldQuestion {
  const [value = "", by = "erp", minute = "05"] = row.h.split("@");
  const source: Source = by.startsWith("ana") ? "person:ana" : `system:${by}`;
  const at = `2026-01-01T10:${minute}:00Z`;
  return {
    rules: rulesOf(row.rules),
    edit: { v: cell(row.i), by: "system:shop", at: "2026-01-01T10:10:00Z" },
    system: "shop",
    timeless: false,
    hub: row.h === "." ? undefined : { v: cell(value), by: source, at },
    base: baseOf(row.s, row.g),
    own: undefined,
    unknownOutcome: false,
    enumerated: false,
    forgotten: false,
    held: false,
    asked: false,
    contends: false,
    record: {},
    errorMs: () => 20,
    offsetMs: () => 0,
  };
}

function describeDecision(decision: FieldDecision): string {
  switch (decision.kind) {
    case "accepted":
      return `accept ${decision.value ?? "-"} (${decision.rule})`;
    case "rejected":
      return `${decision.end} (${decision.rule})`;
    case "ask":
      return `ask (${decision.reason})`;
    default:
      return decision.kind;
  }
}

/** Goal: the table of DESIGN.md §2 with every rule; i is the shop's value. */
const WITH_BASE = table<"rules" | "i" | "h" | "s" | "g" | "decision" | "why">(`
  rules            i  h        s  g     decision                       why
  open             a  b        a  a     no-news                        the shop did not move
  open             b  b        a  a     converged                      both came to the same
  open             b  a        a  a     accept b (only-change)         clean edit, nobody owns it
  open             -  a        a  a     accept - (only-change)         clearing is an edit
  open             c  b        a  a     ask (policy-review)            both edited, policy asks
  open             c  b        a  void  ask (policy-review)            a voided base is never clean
  erp owns         b  a        a  a     revert (not-an-owner)          only the owner decides
  erp owns         -  a        a  a     revert (not-an-owner)          clearing needs the right too
  erp owns         c  b        a  a     revert (not-an-owner)          concurrent changes nothing
  erp owns, apart  b  a        a  a     keep-apart (not-an-owner)      the map says so
  erp owns, ask    b  a        a  a     ask (refused-review)           the map says so
  erp then shop    b  a        a  a     accept b (owner)               clean: the lower rank may
  erp then shop    c  b@erp    a  a     revert (rank)                  concurrent: the higher wins
  shop then erp    c  b@erp    a  a     accept c (rank)                concurrent: the higher wins
  erp then shop    c  b@shop   a  a     ask (policy-review)            its own rank: the policy
  shop fills       b  -        -  -     accept b (fills-blank)         the hub's value is blank
  shop fills       b  a@erp    a  a     revert (not-an-owner)          it is not blank
  shop fills       c  b@shop   b  b     accept c (fills-blank)         the filler keeps the field
  newest           c  b@erp    a  a     accept c (newest)              10:10 is after 10:05
  newest           c  b@erp@15  a  a     revert (newest)                10:10 is before 10:15
  newest           c  b@erp@10  a  a     ask (tie)                      within the clocks' error
  ranked           c  b@erp    a  a     revert (ranked)                erp stands first
  sum              7  5        4  4     accept 8 (sum-of-deltas)       5 + 7 - 4
  sum              7  4        4  4     accept 7 (only-change)         clean
  sum              5  5        4  4     accept 6 (sum-of-deltas)       both added 1: both count
  sum              5  5        4  5     converged                      5 is what the hub stood for
  sum              5  5        -  void  converged                      a blank has no change to count
  min              4  5        6  6     accept 4 (min)                 it is less
  min              7  5        6  6     revert (min)                   it is more
  min              7  6        6  6     accept 7 (only-change)         clean: nothing to compare
  min              5  5        6  6     converged                      both came to the same
  longest          cc  b       a  a     accept cc (longest)            two letters
  first            c  b@erp    a  a     revert (first-non-empty)       erp stands first
  first            c  -@erp    a  a     accept c (first-non-empty)     erp has nothing
  merge            c  b        a  a     ask (collision)                one passage, two ways
  once             b  a        a  a     revert (set-once)              the ERP has set it
  once             b  a@shop   a  a     revert (set-once)              its own word stands too
  once             b  a@ana    a  a     revert (set-once)              a person has set it
  once             -  a        a  a     revert (set-once)              clearing changes it
  once             b  -        -  -     accept b (owner)               nobody has set it yet
  once, apart      b  a        a  a     keep-apart (set-once)          the map says so
  once, filled     b  a        a  a     accept b (owner)               it was only filled in
  erp clears       -  a        a  a     revert (may-not-clear)         the shop may not clear it
  erp clears       b  a        a  a     accept b (owner)               it may change it
  erp clears       b  -        -  -     accept b (owner)               it may set it
  erp clears, ask  -  a        a  a     ask (refused-review)           the map says so
  erp then shop    c  b@ana    a  a     accept c (rank)                a newer edit by an owner
  erp then shop    c  b@ana@15  a  a     revert (person)                an older one does not
  erp owns         c  b@ana    a  a     revert (not-an-owner)          no owner at all
`);

/** Goal: first contact, with no base. */
const WITHOUT_BASE = table<"rules" | "i" | "h" | "decision" | "why">(`
  rules          i  h      decision                  why
  open           a  .      accept a (first-value)    the hub knows nothing yet
  open           a  a      converged                 equal values link silently
  open           a  -      accept a (empty-yields)   an empty side yields
  open           -  a      yields                    an empty side yields
  open           b  a      ask (first-contact)       nobody can tell who is right
  erp then shop  b  a      revert (rank)             rank decides
  shop then erp  b  a      accept b (rank)           rank decides
  erp owns       b  a      revert (not-an-owner)     not its field
  erp owns       b  .      revert (not-an-owner)     not its field, even blank
  shop fills     b  .      accept b (first-value)    it may fill
  sum            7  5      ask (first-contact)       nothing to add to
  merge          b  a      ask (first-contact)       nothing to compare with
  once           b  a      revert (set-once)         somebody has set it
  once           b  .      accept b (first-value)    nobody has
  erp clears     -  a      yields                    a blank that was never a value clears nothing
  min            4  5      accept 4 (min)            it needs no base
  min            5  4      revert (min)              it needs no base
  longest        bb  a     accept bb (longest)       it needs no base
  first          b  a@erp  revert (first-non-empty)  erp stands first
`);

describe("decideField", () => {
  test.each(WITH_BASE)("$rules: i $i, h $h, (s, g) ($s, $g) => $decision: $why", (row) => {
    expect(describeDecision(decideField(ask(row)))).toBe(row.decision);
  });

  test.each(WITHOUT_BASE)("first contact, $rules: i $i, h $h => $decision: $why", (row) => {
    const question = ask({ ...row, s: ".", g: "." });
    expect(describeDecision(decideField(question))).toBe(row.decision);
  });

  test("our own event moves the base, even where the target stores what it had", () => {
    const question = ask({ rules: "open", i: "abc", h: "abcdef", s: "abc", g: "abcxyz" });
    const decision = decideField({ ...question, own: { sent: "abcdef", isEvent: true } });
    expect(decision).toEqual({
      kind: "own-write",
      adjusted: true,
      base: { s: "abc", g: "abcdef" },
    });
  });

  test("the very value of an intent of unknown outcome is our own write, after all else", () => {
    const question = ask({ rules: "open", i: "b", h: "c", s: "a", g: "a" });
    const doubted = { ...question, unknownOutcome: true, own: { sent: "b", isEvent: false } };
    expect(decideField(doubted)).toEqual({ kind: "own-write", adjusted: false, base: { s: "b" } });
    expect(decideField({ ...doubted, hub: question.edit }).kind).toBe("converged");
    const back = { ...question.edit, v: "a" };
    expect(decideField({ ...doubted, edit: back }).kind).toBe("no-news");
  });

  test("a hub that was restored adds no change which another system may have told already", () => {
    const clean = ask({ rules: "sum", i: "5", h: "4", s: "4", g: "4" });
    const other = ask({ rules: "sum", i: "5", h: "7", s: "4", g: "4" });
    const decided = (question: FieldQuestion) => decideField({ ...question, forgotten: true });
    expect(decided(clean)).toMatchObject({ kind: "accepted", value: "5" });
    expect(decided(other)).toEqual({ kind: "ask", reason: "unknown-outcome" });
    expect(decided({ ...other, edit: { ...other.edit, v: "7" } }).kind).toBe("converged");
    expect(decideField(other)).toMatchObject({ kind: "accepted", value: "8" });
  });

  test("what was there before a write that only its answer tells of is an edit from then on", () => {
    const w = { v: "a", at: "2026-01-01T10:09:00Z" };
    const shown = {
      ...ask({ rules: "open", i: "a", h: "b", s: "b", g: "b" }),
      base: { s: "b", w },
    };
    const stamped = (at: string) => decideField({ ...shown, edit: { ...shown.edit, at } });
    const asked = { kind: "ask", reason: "drift" };
    expect(stamped("2026-01-01T10:08:00Z")).toEqual(asked);
    // As exactly as the clocks tell.
    expect(stamped("2026-01-01T10:09:00.010Z")).toEqual(asked);
    expect(stamped("2026-01-01T10:09:01Z")).toMatchObject({ kind: "accepted", value: "a" });
    // Without a stamp whoever says that the row has changed is believed; a whole read says nothing.
    const timeless = { ...shown, timeless: true };
    expect(decideField(timeless)).toMatchObject({ kind: "accepted", value: "a" });
    expect(decideField({ ...timeless, enumerated: true })).toEqual(asked);
    const another = { ...timeless, enumerated: true, edit: { ...shown.edit, v: "c" } };
    expect(decideField(another)).toMatchObject({ kind: "accepted", value: "c" });
  });

  test("equal changes of a counter are met, not added, where the edit itself was not told", () => {
    // A first read may show our own write, whose event comes later.
    const question = ask({ rules: "sum", i: "5", h: "5", s: "4", g: "4" });
    expect(decideField({ ...question, timeless: true }).kind).toBe("converged");
    expect(decideField({ ...question, held: true }).kind).toBe("converged");
  });

  test("whoever contends and clears its value makes an edit; only at first sight a blank yields", () => {
    const question = { ...ask({ rules: "open", i: "-", h: "a", s: ".", g: "." }), held: true };
    expect(decideField({ ...question, contends: true })).toMatchObject({ kind: "ask" });
    expect(decideField(question)).toMatchObject({ kind: "yields" });
  });

  test("a blank hub value is not filled while others ask for the field", () => {
    const question = { ...ask({ rules: "open", i: "b", h: "-", s: ".", g: "." }), held: true };
    expect(decideField(question).kind).toBe("accepted");
    expect(decideField({ ...question, asked: true }).kind).toBe("ask");
  });

  test.each([
    ["newest", "b@erp@05", true, "a later edit to the same: an older third one must lose to it"],
    ["newest", "b@erp@15", false, "an earlier one adds nothing"],
    ["shop then erp", "b@erp", true, "of a higher rank"],
    ["erp then shop", "b@erp", false, "of a lower rank"],
    ["erp owns", "b@erp", false, "of nobody who may decide"],
    ["newest", "b@ana@05", true, "a newer edit by an owner takes over from a person"],
  ])("an edit to what the hub has, %s over %s: stronger %s: %s", (rules, h, stronger) => {
    const question = ask({ rules, i: "b", h, s: "a", g: "a" });
    const base = stronger ? { s: "b" } : { s: "b", byChance: true };
    expect(decideField(question)).toEqual({ kind: "converged", base, stronger });
    // What may be our own write, or nobody's edit, backs nothing, and met nothing by chance.
    for (const more of [{ timeless: true }, { unknownOutcome: true }, { base: undefined }]) {
      const told = { kind: "converged", base: { s: "b" }, stronger: false };
      expect(decideField({ ...question, ...more })).toEqual(told);
    }
  });

  test("what two edits make together must meet the rules that each of them must meet", () => {
    const field = Field.parse({
      ...{ id: "f", name: "F", type: "integer", policy: { kind: "sum-of-deltas" } },
      validation: [{ kind: "range", min: "0" }],
    });
    const rules = compileFieldRules(field, { equals: makeEquals(field.type), isBlank });
    const question = { ...ask({ rules: "sum", i: "1", h: "1", s: "4", g: "4" }), rules };
    // Three sold here and three there, of four.
    expect(decideField(question)).toEqual({ kind: "ask", reason: "merge-breaks-rule" });
  });

  test.each([
    ["a@ana@15", "rejected", "a person has confirmed it after the edit, which they had not seen"],
    ["a@ana@05", "accepted", "the edit came after the person's word"],
    ["a@erp@15", "accepted", "the value of a system is not a word"],
  ])("an edit of what the hub has, %s: %s: %s", (h, kind) => {
    const question = ask({ rules: "newest", i: "b", h, s: "a", g: "a" });
    expect(decideField(question).kind).toBe(kind);
    // An edit without a time cannot be told to be from before.
    expect(decideField({ ...question, timeless: true }).kind).toBe("accepted");
  });

  test("what was counted before a person's word is counted; who clears has counted nothing", () => {
    const question = ask({ rules: "sum", i: "3", h: "4@ana@15", s: "4", g: "4" });
    expect(decideField(question)).toMatchObject({ kind: "accepted", value: "3" });
    const clears = { ...question, edit: { ...question.edit, v: null } };
    expect(decideField(clears)).toMatchObject({ kind: "rejected", rule: "person" });
  });

  test("a held field takes a new candidate and decides nothing", () => {
    const question = ask({ rules: "newest", i: "c", h: "b@erp", s: "a", g: "a" });
    expect(decideField({ ...question, held: true })).toMatchObject({ kind: "ask" });
  });
});

/** Goal: an intent of unknown outcome: h is what it carried, s what was there before. */
const IN_DOUBT = table<"rules" | "i" | "h" | "decision" | "why">(`
  rules          i  h         decision               why
  open           a  b        no-news                it has what it had
  open           b  b        converged              it has what we sent, whoever wrote it
  open           c  b        ask (policy-review)    concurrent, never clean
  newest         c  b@erp    accept c (newest)      concurrent: 10:10 is after 10:05
  newest         c  b@erp@15  revert (newest)        concurrent: 10:10 is before 10:15
  erp then shop  c  b@erp    revert (rank)          concurrent: the higher wins
  shop then erp  c  b@erp    accept c (rank)        concurrent: the higher wins
  erp owns       c  b        revert (not-an-owner)  it may not decide anyway
  sum            7  5        ask (unknown-outcome)  nobody can tell what it was added to
`);

const letter = fc.constantFrom("a", "b", "c", "-");
const questions = fc
  .record({
    rules: fc.constantFrom(
      ...Object.keys(SETTINGS).filter((name) => !["sum", "min"].includes(name)),
    ),
    i: letter,
    h: fc.tuple(letter, fc.constantFrom("erp", "shop", "ana")).map((p) => p.join("@")),
    s: letter,
    g: fc.oneof(letter, fc.constant("void")),
  })
  .map(ask);

describe("an intent of unknown outcome", () => {
  test.each(IN_DOUBT)("$rules: i $i, h $h => $decision: $why", (row) => {
    const [s, hub] = row.rules === "sum" ? ["4", "5"] : ["a", row.h.charAt(0)];
    const question = ask({ ...row, s, g: hub });
    expect(describeDecision(decideField({ ...question, unknownOutcome: true }))).toBe(row.decision);
  });
});

describe("laws of decideField", () => {
  test("in doubt no edit is clean: what it beats is named, or a person is asked", () => {
    fc.assert(
      fc.property(questions, (question) => {
        const { base, hub, edit } = question;
        fc.pre(base !== undefined && hub !== undefined);
        fc.pre(edit.v !== base?.s && edit.v !== hub?.v);
        const decision = decideField({ ...question, unknownOutcome: true });
        expect(decision.kind).not.toBe("no-news");
        if (decision.kind === "accepted") expect(decision.beaten).toEqual(hub);
      }),
      lawRuns(5_000),
    );
  });

  test("a decision is told once: the same observation again is no news", () => {
    fc.assert(
      fc.property(questions, (question) => {
        const decision = decideField(question);
        if (!("base" in decision)) return;
        const hub =
          decision.kind === "accepted" ? { ...question.edit, v: decision.value } : question.hub;
        const again = decideField({ ...question, hub, base: decision.base });
        expect(again.kind).toBe("no-news");
      }),
      lawRuns(5_000),
    );
  });

  test("a system that may not decide never changes the hub's value", () => {
    fc.assert(
      fc.property(questions, (question) => {
        fc.pre(!question.rules.open && !question.rules.tiers.has("shop"));
        const decision = decideField(question);
        expect(decision.kind).not.toBe("accepted");
      }),
      lawRuns(5_000),
    );
  });

  test("a system that did not move decides nothing", () => {
    fc.assert(
      fc.property(questions, (question) => {
        const { base, edit } = question;
        fc.pre(base !== undefined && base.s === edit.v);
        expect(decideField(question).kind).toBe("no-news");
      }),
      lawRuns(2_000),
    );
  });
});
