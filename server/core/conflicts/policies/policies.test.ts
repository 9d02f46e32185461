import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Field, POLICY_KINDS, type Policy } from "../../map/document.ts";
import { compileFieldRules } from "../../ownership/field-rules.ts";
import type { HubValue } from "../../reconcile/state.ts";
import { lawRuns } from "../../testing/law-runs.ts";
import { table } from "../../testing/table.ts";
import { isBlank, makeEquals } from "../../values/equal-value.ts";
import type { FieldType, FieldValue } from "../../values/field-value.ts";
import type { Verdict } from "./policy.ts";
import { POLICIES } from "./registry.ts";

/** ERP stands before the shop in the list, and both may decide with equal rank. */
function decide(policy: Policy["kind"], type: FieldType, values: Record<"b" | "h" | "i", unknown>) {
  const ownership = { tiers: [{ systems: ["erp", "shop"] }] };
  const field = Field.parse({ id: "f", name: "F", type, policy: { kind: policy }, ownership });
  const rules = compileFieldRules(field, { equals: makeEquals(type, field.options), isBlank });
  const of = (v: unknown, by: HubValue["by"]): HubValue => ({ v: v as FieldValue, by, at: "" });
  return POLICIES[policy].decide({
    rules,
    hub: of(values.h, "system:erp"),
    base: values.b as FieldValue | undefined,
    edit: of(values.i, "system:shop"),
    record: {},
    errorMs: () => 0,
    corrected: () => 0,
  });
}

/** "." is absent, "-" null, "[a b]" a list, and "9 EUR" an amount of money. */
function readCell(text: string): unknown {
  if (text === ".") return undefined;
  if (text === "-") return null;
  if (/^".*"$/.test(text)) return JSON.parse(text);
  if (text.startsWith("[")) return text.slice(1, -1).split(" ").filter(Boolean);
  const [amount, currency] = text.split(" EUR").length > 1 ? [text.slice(0, -4), "EUR"] : [];
  if (currency !== undefined) return { amount, currency };
  return text.endsWith(" USD") ? { amount: text.slice(0, -4), currency: "USD" } : text;
}

function words(verdict: Verdict): string {
  if (verdict.kind === "ask") return `ask ${verdict.reason}`;
  if (verdict.kind !== "value") return verdict.kind;
  const { value } = verdict;
  return Array.isArray(value) ? `[${value.join(" ")}]` : JSON.stringify(value);
}

/** Goal: each policy's own verdicts; b is the base, h the ERP's value in the hub, i the shop's. */
const VERDICTS = table<"policy" | "type" | "b" | "h" | "i" | "verdict" | "why">(`
  policy           type      b            h                i            verdict        why
  min              decimal   8            10               9.5          edit           10 sorts before 9.5 as text
  min              integer   8            -3               -20          edit           it is less
  min              integer   8            3                20           hub            it is more
  min              integer   8            -                20           edit           a value outlasts a blank
  min              integer   8            20               -            hub            whichever came first
  min              money     8 EUR        3 EUR            2 EUR        edit           one currency has an order
  min              money     8 EUR        3 EUR            2 USD        ask tie        two have none
  max              date      2026-01-01   2026-01-31       2026-02-01   edit           it is later
  max              instant   .            2026-01-31T00:00:00Z  2026-01-31T00:00:00.5Z  edit  half a second later
  longest          text      a            red              blue         edit           four letters
  longest          text      a            blue             red          hub            whichever came first
  longest          text      a            tan              red          edit           equally long: it sorts first
  longest          text      a            red              tan          hub            whichever came first
  longest          text      a            ab               𝒳            hub            one character, two units
  longest          set       [a]          [b c]            [x]          hub            it has more members
  first-non-empty  text      a            red              blue         hub            ERP stands first
  first-non-empty  text      a            -                blue         edit           ERP has nothing
  first-non-empty  text      a            red              -            hub            the shop has nothing
  set-union        set       [a b]        [b]              [a b c]      [b c]          a removed, c added
  set-union        set       [a b]        [b]              [a]          []             both have removed one
  set-union        set       [a]          [a b]            [a b]        hub            both came to the same
  set-union        set       [a b]        []               [b]          hub            a removed already
  set-union        set       [a]          [a]              [a b]        edit           the other did nothing
  set-union        set       .            [b]              [a]          [a b]          nobody removed anything
  set-union        list      [b a]        [b a d]          [c b a]      [b a c d]      the base's order, then sorted
  text-merge       text      "A. B. C. "  "A! B. C. "      "A. B. D. "  "A! B. D. "    far apart
  text-merge       text      "A. B. C. "  "B. C. "         "A. B. D. "  "B. D. "       one left out, one changed
  text-merge       text      "A.\\nB\\nC"  "A.\\nB\\nC\\nD"    "X\\nB\\nC"    "X\\nB\\nC\\nD"  a line changed, a line more
  text-merge       text      "A. B. C. "  "A! B. C. "      "A? B. C. "  ask collision  one sentence, two ways
  text-merge       text      "A. B. C. "  "A! B. C. "      "A. D. C. "  ask collision  next to each other
  text-merge       text      "A. B. C. "  "A! B. D. "      "A! B. C. "  hub            it has that change already
  text-merge       text      .            "A. "            "B. "        ask collision  nothing to compare with
`);

describe("policies", () => {
  test.each(VERDICTS)("$policy: base $b, hub $h, edit $i => $verdict: $why", (row) => {
    const values = { b: readCell(row.b), h: readCell(row.h), i: readCell(row.i) };
    const verdict = decide(row.policy as Policy["kind"], row.type as FieldType, values);
    expect(words(verdict)).toBe(row.verdict);
  });

  test("text-merge asks about a text with more pieces than anybody should compare", () => {
    const base = "line\n".repeat(3_000);
    const verdict = decide("text-merge", "text", { b: base, h: `a\n${base}`, i: `${base}z` });
    expect(verdict).toEqual({ kind: "ask", reason: "collision" });
  });

  test("text-merge: what it makes is all of both sides' sentences and nothing else", () => {
    const sentences = fc.array(fc.constantFrom("A. ", "B. ", "C. ", "D.\n", "E"), { maxLength: 8 });
    const text = sentences.map((list) => list.join(""));
    fc.assert(
      fc.property(text, text, text, (b, h, i) => {
        const verdict = decide("text-merge", "text", { b, h, i });
        const turned = decide("text-merge", "text", { b, h: i, i: h });
        const swapped = { edit: "hub", hub: "edit" } as const;
        if (h === i) return;
        if (verdict.kind === "value" || verdict.kind === "ask") expect(turned).toEqual(verdict);
        else expect(turned.kind).toBe(swapped[verdict.kind]);
      }),
      lawRuns(5_000),
    );
  });

  test("every policy has a file, an entry and words of its own", () => {
    expect(Object.keys(POLICIES).sort()).toEqual([...POLICY_KINDS].sort());
    for (const kind of POLICY_KINDS) expect(POLICIES[kind].id).toBe(kind);
    expect(new Set(POLICY_KINDS.map((kind) => POLICIES[kind].sentence)).size).toBe(
      POLICY_KINDS.length,
    );
  });
});
