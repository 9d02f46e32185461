/**
 * One thing that the engine does so that nothing is lost, doubled or overwritten, and the changes
 * of its source that take it away. Whether anything notices is what `npm run simulate --
 * --protections` finds out: a protection whose removal nobody notices is unproven.
 *
 * Locks of the hub's database are not among them: the simulator plays one transaction of the hub
 * after the other.
 */
export type Protection = {
  readonly name: string;
  /** What it keeps from happening. */
  readonly against: string;
  readonly changes: readonly Change[];
};

type Change = {
  /** Below server/. */
  readonly file: string;
  /** Occurs exactly once in the file. */
  readonly find: string;
  readonly replace: string;
};

export const PROTECTIONS: readonly Protection[] = [
  {
    name: "conditional-write",
    against: "an edit that the hub has not seen is written over",
    changes: [
      {
        file: "core/plan/plan-delivery.ts",
        find: 'return { kind: "update", columns: made.columns, condition, sent, problems };',
        replace: 'return { kind: "update", columns: made.columns, condition: {}, sent, problems };',
      },
    ],
  },
  {
    name: "conditional-delete",
    against: "a row is deleted with an edit that the hub has not seen",
    changes: [
      {
        file: "core/plan/plan-delivery.ts",
        find: 'return goes ? { kind: "delete", condition: link.columns } : NOTHING;',
        replace: 'return goes ? { kind: "delete", condition: {} } : NOTHING;',
      },
    ],
  },
  {
    name: "read-back-as-base",
    against: "what a target made of a value is taken for somebody's edit",
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
    name: "concurrency",
    against: "of two edits at once one is lost without a word",
    changes: [
      {
        file: "core/reconcile/decide-field.ts",
        find: "const concurrent = question.unknownOutcome || !standsFor(rules, base, hub.v);",
        replace: "const concurrent = question.unknownOutcome;",
      },
    ],
  },
  {
    name: "held-fields-wait",
    against: "a value under review is decided by a machine",
    changes: [
      {
        file: "core/reconcile/due.ts",
        find: "if (hub === undefined || held.has(field)) continue;",
        replace: "if (hub === undefined) continue;",
      },
    ],
  },
  {
    name: "position-with-effects",
    against: "a batch that was being recorded when the engine died is never told again",
    changes: [
      {
        file: "engine/capturing.ts",
        find: "const run = await runOf(context, capturing, batch);",
        replace:
          "const run = await runOf(context, capturing, batch); " +
          'if (batch.kind === "changes") { ' +
          'const { savePosition } = await import("../storage/captures.ts"); ' +
          "await savePosition(context.sql, system, " +
          "{ position: batch.position, now: nowOf(context), lastChangeAt: null }); " +
          "await capturing.capture.acknowledge(batch.position); }",
      },
    ],
  },
  {
    name: "no-news-is-silent",
    against: "what did not change counts as an edit",
    changes: [
      {
        file: "core/reconcile/decide-fields.ts",
        find: "if (base !== undefined && sent === undefined && rules.equals(value, base.s)) {",
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
    name: "order",
    against: "an event that comes twice, or late, brings an old value or a deleted row back",
    changes: [
      {
        file: "engine/capturing.ts",
        find: 'if (batch.kind !== "changes" || told === null) return batch;',
        replace: "if (batch !== null) return batch;",
      },
      {
        file: "engine/observe-rows.ts",
        find: "if (before.position !== null && change.position <= before.position) continue;",
        replace: "",
      },
      {
        file: "core/reconcile/reconcile-batch.ts",
        find: "return link.position !== null && observation.position <= link.position;",
        replace: "return link.position === observation;",
      },
      {
        file: "core/reconcile/reconcile-batch.ts",
        find: "return gone !== undefined && observation.position <= gone;",
        replace: "return gone === observation;",
      },
    ],
  },
  {
    name: "incarnations",
    against: "a row made anew under an id is taken for the one before",
    changes: [
      {
        file: "core/reconcile/row-gone.ts",
        find: 'putLink(work, { ...link, state: "gone", position: observation.position });',
        replace: "putLink(work, { ...link, position: observation.position });",
      },
    ],
  },
  {
    name: "lease-fence",
    against: "an engine that has lost its lease records what another one records",
    changes: [
      {
        file: "storage/leases.ts",
        find: "and expires_at > clock_timestamp() for key share`;",
        replace: "or true for key share`;",
      },
    ],
  },
  {
    name: "lease-check",
    against: "an engine that has lost its lease writes beside its heir",
    changes: [
      {
        file: "engine/deliver.ts",
        find: "await checkLease(context.sql, work.lease);",
        replace: "void checkLease;",
      },
    ],
  },
  {
    name: "match-before-create",
    against: "a row that a system has already is made a second record",
    changes: [
      {
        file: "core/reconcile/identify.ts",
        find: "if (only === undefined) continue;",
        replace: "if (only !== observation) continue;",
      },
    ],
  },
  {
    name: "places-wait-for-the-first-read",
    against: "rows are made in a system before it is known which it has",
    changes: [
      {
        file: "core/reconcile/due.ts",
        find: "return rules.binding.createsRows && context.loaded;",
        replace: "return rules.binding.createsRows;",
      },
    ],
  },
  {
    name: "intents-before-the-call",
    against: "nobody knows of a write whose engine died",
    changes: [
      {
        file: "engine/deliver.ts",
        find: "sendings.map(({ intent }) => intent),",
        replace: "[],",
      },
    ],
  },
  {
    name: "look-before-create-again",
    against: "a row that was made by a call without an answer is made twice",
    changes: [
      {
        file: "engine/recover.ts",
        find: "const found = await findRows(context, recovery, creates);",
        replace: "const found = new Map(); void findRows;",
      },
    ],
  },
  {
    name: "recovery",
    against: "what a dead engine had under way is never finished",
    changes: [
      {
        file: "engine/worker.ts",
        find: "if (map !== null) await recoverAttempts(context, { lease, session, map });",
        replace: "void recoverAttempts; void map;",
      },
    ],
  },
  {
    name: "outcome-first",
    against: "the row that a call of ours has just made is taken for somebody's",
    changes: [
      {
        file: "engine/evidence.ts",
        find: "if (unplaced.length === 0) return;",
        replace: "if (unplaced !== null) return;",
      },
    ],
  },
  {
    name: "the-cache-believes-nothing",
    against: "an engine decides with what another one has changed meanwhile",
    changes: [
      {
        file: "storage/record-cache.ts",
        find: "return kept?.version === version ? kept.state : undefined;\n  }\n\n  link(",
        replace:
          "return kept?.version === version || kept ? kept.state : undefined;\n  }\n\n  link(",
      },
    ],
  },
  {
    name: "war-guard",
    against: "two automations set one another back for ever",
    changes: [
      {
        file: "core/reconcile/decide-fields.ts",
        find: "return count > LIMITS.revertRoundsMax;",
        replace: "return count > LIMITS.revertRoundsMax * 1_000;",
      },
    ],
  },
  {
    name: "clean-deletes",
    against: "a record is deleted together with an edit that nobody has seen",
    changes: [
      {
        file: "core/reconcile/row-gone.ts",
        find: "else if (clean && !contested) deleteRecord",
        replace: "else if (clean || !clean) deleteRecord",
      },
    ],
  },
  {
    name: "absence-only-by-enumeration",
    against: "rows that a first read has not reached yet are taken for gone",
    changes: [
      {
        file: "engine/record.ts",
        find: "if (batch.last) await endLoad(",
        replace: "await endLoad(",
      },
    ],
  },
  {
    name: "losers-are-told",
    against: "nobody can say what became of a value that lost",
    changes: [
      {
        file: "core/reconcile/lines.ts",
        find: ": { losers: [{ from: beaten.by, value: beaten.v, at: beaten.at }] }),",
        replace: ": {}),",
      },
    ],
  },
];

/**
 * @param file below server/
 * @throws Error when a change does not fit the source any more
 */
export function take({ name, changes }: Protection, file: string, source: string): string {
  return changes
    .filter((change) => change.file === file)
    .reduce((text, { find, replace }) => {
      const places = text.split(find).length - 1;
      if (places !== 1) throw new Error(`${name}: server/${file} has its place ${places} times.`);
      return text.replace(find, () => replace);
    }, source);
}
