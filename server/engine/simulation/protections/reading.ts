import type { Protection } from "../protections.ts";

const drawn = "asked";

/** What the reading of systems without a log does. */
export const READING: readonly Protection[] = [
  {
    name: "unplaced-reads",
    against: "a read that our own write has overlapped is taken for somebody's edit",
    drawn,
    seed: 22,
    changes: [
      {
        file: "engine/reading/found.ts",
        find: "if (unplaced.has(externalId)) continue;",
        replace: "",
      },
    ],
  },
  {
    name: "strangers-wait-for-creates",
    against: "a row that comes before the answer to its own create is made a record of its own",
    drawn,
    seed: 29,
    changes: [
      {
        file: "storage/inbox.ts",
        find: "where exists (select 1 from mine where mine.id = w.id)\n      or exists (",
        replace:
          "where exists (select 1 from mine where mine.id = w.id)\n      or false and exists (",
      },
    ],
  },
  {
    name: "sweep-asks-by-id",
    against: "a row that moved from page to page while they were read is taken for deleted",
    world: "slipping-row.yaml",
    changes: [
      {
        file: "engine/reading/whole.ts",
        find: "if (ids.length === 0) {",
        replace: "if (ids.length >= 0) {",
      },
    ],
  },
  {
    name: "reads-of-the-past",
    against: "what a replica shows late is taken for what a system has now",
    world: "lagging-shop.yaml",
    changes: [
      {
        file: "engine/reading/told-lately.ts",
        find: "return last.digest !== (columns && digestOf(columns));",
        replace: "return false;",
      },
    ],
  },
  {
    name: "sweeps",
    against: "what nobody has told is never found",
    drawn,
    seed: 11,
    changes: [
      {
        file: "engine/reading/whole.ts",
        find: "if (isUnderWay || last === null || now - Date.parse(last) < sweepMs) continue;",
        replace: "if (isUnderWay || last === null || now - Date.parse(last) < 1e12) continue;",
      },
    ],
  },
  {
    name: "answers-are-events",
    against: "what a system without a log was sent never counts as written",
    drawn,
    seed: 1,
    changes: [
      {
        file: "engine/settle.ts",
        find: "if (isRead) await keepAnswers(tx, results, now);",
        replace: "",
      },
    ],
  },
  {
    name: "read-back-is-doubtful",
    against: "an edit made between our write and the reading of its row is taken for what we sent",
    world: "edited-before-read.yaml",
    changes: [
      {
        file: "core/reconcile/decide-fields.ts",
        find: "if (readBack !== true || attempt === undefined) return { attempt, unknown };",
        replace: "if (attempt !== null) return { attempt, unknown };",
      },
    ],
  },
  {
    name: "found-creates-are-told",
    against: "a row whose create was not answered is never known for ours",
    drawn,
    seed: 36,
    changes: [
      {
        file: "engine/recover.ts",
        find: "await addAnswers(tx, system, answers, of.now);",
        replace: "",
      },
    ],
  },
  {
    name: "an-answer-is-no-proof",
    against: "the value from before a write that was only said to be made is taken for an edit",
    world: "lying-asked.yaml",
    changes: [
      {
        file: "core/reconcile/decide-field.ts",
        find: 'if (isUndone(question, base)) return { kind: "ask", reason: "drift" };',
        replace: "void isUndone;",
      },
    ],
  },
];
