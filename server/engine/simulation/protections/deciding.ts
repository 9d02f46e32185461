import type { Protection } from "../protections.ts";

/** What the pure decision does. */
export const DECIDING: readonly Protection[] = [
  {
    name: "concurrency",
    against: "of two edits at once one is lost without a word",
    seed: 8,
    changes: [
      {
        file: "core/reconcile/decide-field.ts",
        find: "question.unknownOutcome || hasMoved;",
        replace: "question.unknownOutcome;",
      },
    ],
  },
  {
    name: "chance-is-no-agreement",
    against: "an older edit goes over a newer one, because two systems had one value in between",
    world: "same-by-chance.yaml",
    changes: [
      {
        file: "core/reconcile/decide-field.ts",
        find: "precedesWord(question, hub) || (base.byChance === true && mayPrecede(question, hub));",
        replace: "precedesWord(question, hub) && base !== undefined && mayPrecede !== undefined;",
      },
    ],
  },
  {
    name: "scope",
    against: "a row that a binding is not about is read and written",
    seed: 15,
    changes: [
      {
        file: "engine/observe.ts",
        find: "return miss === null ? seen : { ...seen, outside: miss };",
        replace: "return miss === null ? seen : { ...seen };",
      },
    ],
  },
  {
    name: "read-back-as-base",
    against: "what a target made of a value is taken for somebody's edit",
    seed: 7,
    changes: [
      {
        file: "core/reconcile/decide-field.ts",
        find: "base: adjusted ? { s: seen, g: sent } : { s: seen }, adjusted };",
        replace: "base: { s: sent }, adjusted };",
      },
    ],
  },
  {
    name: "pair-of-states",
    against: "a value that a target adjusts is written again and again",
    seed: 6,
    changes: [
      {
        file: "core/reconcile/decide-field.ts",
        find: "base: adjusted ? { s: seen, g: sent } : { s: seen }, adjusted };",
        replace: "base: { s: seen }, adjusted };",
      },
    ],
  },
  {
    name: "own-event",
    against: "the event of our own write is taken for somebody's edit",
    changes: [
      {
        file: "core/reconcile/own-write.ts",
        find: "if (observation.transaction === null) return undefined;",
        replace: "if (observation.system !== null) return undefined;",
      },
    ],
  },
  {
    name: "value-of-a-doubtful-write",
    against: "our own write, of which nobody knew, is taken for an edit when it is seen",
    scene: "read-in-doubt",
    changes: [
      {
        file: "core/reconcile/decide-field.ts",
        find: "if (own !== undefined) return ownWrite(rules, edit.v, own.sent);",
        replace: "",
      },
    ],
  },
  {
    name: "doubt-is-concurrent",
    against: "an edit that may have gone over ours counts as one that knew ours",
    theme: "doubt",
    changes: [
      {
        file: "core/reconcile/decide-field.ts",
        find: "question.unknownOutcome || hasMoved;",
        replace: "hasMoved;",
      },
    ],
  },
  {
    name: "doubtful-counts-are-asked",
    against: "what was sold is counted on a number that may have been ours",
    theme: "counting",
    seed: 10,
    changes: [
      {
        file: "core/reconcile/decide-field.ts",
        find: "if (unknownOutcome) return countsFromBase || POLICIES[rules.policy].readsChange === true;",
        replace: "if (unknownOutcome) return false;",
      },
    ],
  },
  {
    name: "no-news-is-silent",
    against: "what did not change counts as an edit",
    changes: [
      {
        file: "core/reconcile/decide-fields.ts",
        find: "if (base !== undefined && sent === undefined && whole.equals(value, base.s)) {",
        replace: "if (base !== undefined && sent === undefined && Number.isNaN(value)) {",
      },
      {
        file: "core/reconcile/decide-field.ts",
        find: 'if (base !== undefined && rules.equals(edit.v, base.s)) return { kind: "no-news" };',
        replace: "",
      },
    ],
  },
  {
    name: "held-fields-wait",
    against: "a value under review is decided by a machine",
    together: "Three look: what makes a delivery due, what it is about, and what it may carry.",
    seed: 3,
    changes: [
      {
        file: "core/reconcile/due.ts",
        find: "if (hub === undefined || held.has(field)) continue;",
        replace: "if (hub === undefined) continue;",
      },
      {
        file: "core/reconcile/due.ts",
        find: "if (held.has(field) || !differs(rules, record, link, field)) continue;",
        replace: "if (!differs(rules, record, link, field)) continue;",
      },
      {
        file: "core/plan/plan-delivery.ts",
        find: "if (held.has(field) || isApart) waiting.add(field);",
        replace: "if (isApart) waiting.add(field);",
      },
    ],
  },
  {
    name: "kept-apart",
    against: "a refused value that may stay is written over",
    seed: 27,
    changes: [
      {
        file: "core/reconcile/due.ts",
        find: "hub === undefined || base.apart === true",
        replace: "hub === undefined",
      },
    ],
  },
  {
    name: "the-same-is-not-sent",
    against: "what a system has already is sent to it again",
    theme: "at-once",
    seed: 110,
    changes: [
      {
        file: "core/reconcile/due.ts",
        find: "return !fieldRules.equals(base.s, hub) || isReadElsewhere(rules, record, link, field);",
        replace: "return (isReadElsewhere !== null);",
      },
      {
        file: "core/reconcile/due.ts",
        find: "if (base.s === hub && base.g === undefined) return false;",
        replace: "",
      },
    ],
  },
  {
    name: "a-persons-word",
    against: "what a person decided is undone by an edit from before",
    seed: 8,
    changes: [
      {
        file: "core/reconcile/decide-field.ts",
        find: "return edited - error * 1_000 > stood ? -1 : 1;",
        replace: "return -1;",
      },
    ],
  },
  {
    name: "answers-hold-for-what-was-shown",
    against: "an answer settles values that nobody had shown",
    world: "late-answer.yaml",
    together: "Two look: the act, and the pure answer behind it. Either is enough.",
    changes: [
      {
        file: "engine/acts/resolve-conflict.ts",
        find: 'if (conflict.revision !== answer.revision) return { kind: "moved", conflict };',
        replace: "",
      },
      {
        file: "core/reconcile/answer.ts",
        find: 'if (conflict.revision !== answer.revision) return { kind: "moved", conflict };',
        replace: "",
      },
    ],
  },
  {
    name: "war-guard",
    against: "two automations set one another back for ever",
    theme: "wars",
    changes: [
      {
        file: "core/reconcile/war.ts",
        find: "{ before, v: before?.v }) > LIMITS.revertRoundsMax;",
        replace: "{ before, v: before?.v }) > LIMITS.revertRoundsMax * 1_000;",
      },
      {
        file: "core/reconcile/war.ts",
        find: "return rounds > LIMITS.revertRoundsMax;",
        replace: "return rounds > LIMITS.revertRoundsMax * 1_000;",
      },
    ],
  },
  {
    name: "losers-are-told",
    against: "nobody can say what became of a value that lost",
    seed: 8,
    changes: [
      {
        file: "core/reconcile/lines.ts",
        find: ": { losers: [{ from: beaten.by, value: beaten.v, at: beaten.at }] }),",
        replace: ": {}),",
      },
    ],
  },
  {
    name: "set-once-stands",
    against: "what was set for good is changed by a system",
    seed: 10,
    changes: [
      {
        file: "core/ownership/field-rules.ts",
        find: 'if (rules.once && isSet(rules, hub.by)) return "set-once";',
        replace: "",
      },
    ],
  },
  {
    name: "clearing-needs-the-right",
    against: "a value is cleared by a system that may only change it",
    seed: 3,
    changes: [
      {
        file: "core/ownership/field-rules.ts",
        find: "const clears = value !== undefined && rules.isBlank(value) && !mayClear(rules, system);",
        replace: "const clears = false;",
      },
    ],
  },
  {
    name: "owners-by-case",
    against: "a system decides a field that in this record is another one's",
    seed: 3,
    changes: [
      {
        file: "core/reconcile/decide-fields.ts",
        find: "const rules = rulesFor(whole, record.values);",
        replace: "const rules = whole;",
      },
    ],
  },
  {
    name: "conditions-first",
    against: "first values are judged by a record that has nothing yet",
    seed: 5,
    changes: [
      {
        file: "core/plan/compile-map.ts",
        find: "const inFields = inOrder(mapping.inFields, entity.decisionOrder);",
        replace: "const inFields = mapping.inFields;",
      },
    ],
  },
  {
    name: "one-has-what-is-unique",
    against: "two records have a value that no two may have",
    drawn: "awkward",
    seed: 164,
    changes: [
      {
        file: "core/reconcile/unique.ts",
        find: "if (others.length === 0) return null;",
        replace: "if (others.length >= 0) return null;",
      },
    ],
  },
  {
    name: "group-as-one",
    against: "what is decided together becomes a mix of two sides",
    theme: "together",
    seed: 5,
    changes: [
      {
        file: "core/plan/compile-map.ts",
        find: "inDeciders: inDecidersOf(entity, inFields),",
        replace: "inDeciders: inFields.flatMap((field) => entity.fields.get(field) ?? []),",
      },
    ],
  },
];
