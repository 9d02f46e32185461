import type { Protection } from "../protections.ts";

/** What keeps rows and records together, and what ends them. */
export const IDENTIFYING: readonly Protection[] = [
  {
    name: "match-before-create",
    against: "a row that a system has already is made a second record",
    theme: "twins",
    changes: [
      {
        file: "core/reconcile/identify.ts",
        find: "if (only === undefined) continue;",
        replace: "if (only !== observation) continue;",
      },
    ],
  },
  {
    name: "search-before-create",
    against: "a row that somebody else has just made in a target is made there once more",
    scene: "made-beside",
    seed: 1,
    changes: [
      {
        file: "engine/look-before-create.ts",
        find: "if (inside.length === 0) return [];",
        replace: "if (inside.length >= 0) return [];",
      },
    ],
  },
  {
    name: "parted-stays-parted",
    against: "a rule joins again what a person has parted",
    theme: "parting",
    seed: 13,
    changes: [
      {
        file: "core/reconcile/identify.ts",
        find: "!wasParted(work, id, observation)",
        replace: "(!wasParted(work, id, observation) || id !== null)",
      },
    ],
  },
  {
    name: "let-be-values",
    against: "a value that a person has let be is held again by whoever reads it",
    theme: "deep",
    seed: 8,
    changes: [
      {
        file: "core/reconcile/let-be.ts",
        find: "return problems.some(isSaid) ? problems.filter((one) => !isSaid(one)) : problems;",
        replace: "return problems;",
      },
    ],
  },
  {
    name: "incarnations",
    against: "a row made anew under an id is taken for the one before",
    theme: "redelivery",
    seed: 8,
    changes: [
      {
        file: "core/reconcile/row-gone.ts",
        find: 'putLink(work, { ...link, state: "gone", position: observation.position });',
        replace: "putLink(work, { ...link, position: observation.position });",
      },
    ],
  },
  {
    name: "ids-are-not-inherited",
    against: "a row that got the id of a deleted one is taken for it",
    scene: "inherited-id",
    seed: 1,
    changes: [
      {
        file: "core/reconcile/reused-id.ts",
        find: "if (transaction !== null || previousExternalId !== undefined) return false;",
        replace: "if (transaction !== null || position !== null) return false;",
      },
    ],
  },
  {
    name: "places-wait-for-the-first-read",
    against: "rows are made in a system before it is known which it has",
    theme: "twins",
    together: "Two look: whoever makes a delivery due, and whoever takes it. Either is enough.",
    changes: [
      {
        file: "core/reconcile/due.ts",
        find: "return rules.binding.createsRows && loaded && wouldLieInside",
        replace: "return rules.binding.createsRows && (loaded || true) && wouldLieInside",
      },
      {
        file: "storage/deliveries.ts",
        find: "where c.system is null\n",
        replace: "where c.updated_at < c.updated_at\n",
      },
    ],
  },
  {
    name: "clean-deletes",
    against: "a record is deleted together with an edit that nobody has seen",
    theme: "deletes",
    seed: 8,
    changes: [
      {
        file: "core/reconcile/row-gone.ts",
        find: "else if (clean && !contested) deleteRecord",
        replace: "else if (clean || !clean) deleteRecord",
      },
    ],
  },
  {
    name: "edits-outlive-deletes",
    against: "an edit goes with a row although its record was deleted before",
    theme: "slow-deletes",
    seed: 15,
    changes: [
      {
        file: "core/reconcile/reconcile-batch.ts",
        find: "if (record.deletedAt !== null && attempt === undefined) editOfDeleted(work, link, observation);",
        replace: "void editOfDeleted;",
      },
    ],
  },
  {
    name: "edits-in-merged-rows-are-told",
    against: "an edit goes without a word with the second row of two records that were merged",
    scene: "merged",
    seed: 1,
    changes: [
      {
        file: "core/reconcile/reconcile-batch.ts",
        find: "if (isMerged(record) && attempt === undefined) tellEditOfMerged(work, link, observation);",
        replace: "void tellEditOfMerged;",
      },
    ],
  },
  {
    name: "conditional-delete",
    against: "a row is deleted with an edit that the hub has not seen",
    theme: "late-deletes",
    seed: 86,
    changes: [
      {
        file: "core/plan/plan-delivery.ts",
        find: 'return goes ? { kind: "delete", condition: link.columns } : NOTHING;',
        replace: 'return goes ? { kind: "delete", condition: {} } : NOTHING;',
      },
    ],
  },
  {
    name: "absence-only-by-enumeration",
    against: "rows that a whole read has not reached yet are taken for gone",
    drawn: "asked",
    seed: 8,
    changes: [
      {
        file: "engine/record.ts",
        find: "if (batch.last) await endLoad(",
        replace: "await endLoad(",
      },
    ],
  },
  {
    name: "mass-change-guard",
    against: "a table that was emptied by mistake empties every other",
    theme: "emptied",
    seed: 14,
    changes: [
      {
        file: "core/reconcile/mass-guard.ts",
        find: "const waits = isMany || evidence.whole?.has(key) === true;",
        replace: "const waits = isMany && total === null;",
      },
    ],
  },
  {
    name: "outcome-first",
    against: "the row that a call of ours makes or has just made is taken for somebody's",
    theme: "lost-creates",
    seed: 29,
    together: "Two wait: a row of our transaction, and one that may be the row which a call makes.",
    changes: [
      {
        file: "engine/evidence.ts",
        find: "if ([...making.values()].includes(null)) {",
        replace: "if (making.size < 0) {",
      },
      {
        file: "engine/evidence.ts",
        find: "if (unplaced.length === 0) return;",
        replace: "if (unplaced !== null) return;",
      },
    ],
  },
  {
    name: "ids-are-given-up-first",
    against: "two records change places in one transaction, and nobody can tell which is which",
    scene: "reused-ids",
    seed: 1,
    changes: [
      {
        file: "engine/plan-deliveries.ts",
        find: "withoutReused(due.map((delivery) => plan(map, led, delivery)))",
        replace:
          "due.map((delivery) => plan(map, led, delivery)).filter(() => withoutReused !== null)",
      },
    ],
  },
];
