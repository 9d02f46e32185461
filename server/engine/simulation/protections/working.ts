import type { Protection } from "../protections.ts";

/** What the engine does about time, death and others beside it. */
export const WORKING: readonly Protection[] = [
  {
    name: "compare-before-write",
    against: "at a system that knows no conditions an edit is written over that nobody has seen",
    scene: "unconditional",
    seed: 1,
    changes: [
      {
        file: "engine/look-before-write.ts",
        find: "if (session.isConditional) return [];",
        replace: "if (session.isConditional || sendings.length > 0) return [];",
      },
    ],
  },
  {
    name: "written-over-stays-asked",
    against: "an edit that a write without conditions went over is asked about no more",
    scene: "written-over",
    seed: 1,
    changes: [
      {
        file: "core/reconcile/written-over.ts",
        find: "if (!isEvent || (own !== undefined",
        replace: "if (!isEvent || own !== undefined || (own !== undefined",
      },
    ],
  },
  {
    name: "conditional-write",
    against: "an edit that the hub has not seen is written over",
    seed: 61,
    changes: [
      {
        file: "core/plan/plan-delivery.ts",
        find: 'return { kind: "update", columns: made.columns, condition, sent, problems };',
        replace: 'return { kind: "update", columns: made.columns, condition: {}, sent, problems };',
      },
    ],
  },
  {
    name: "position-with-effects",
    against: "a batch that was being recorded when the engine died is never told again",
    theme: "takeovers",
    seed: 54,
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
    name: "order",
    against: "an event that comes twice, or late, brings an old value or a deleted row back",
    theme: "redelivery",
    seed: 2,
    changes: [
      {
        file: "engine/capturing.ts",
        find: 'if (batch.kind !== "changes" || told === null) return batch;',
        replace: "if (batch !== null) return batch;",
      },
      {
        file: "engine/observe-rows.ts",
        find: "if (isAccountedFor(change, before.position, whole)) continue;",
        replace: "",
      },
      {
        file: "core/reconcile/late.ts",
        find: "if (link.position === null || position > link.position) return false;",
        replace: "if (link !== undefined) return false;",
      },
      {
        file: "core/reconcile/reconcile-batch.ts",
        find: "return gone !== undefined && observation.position <= gone;",
        replace: "return gone === observation;",
      },
    ],
  },
  {
    name: "lease-fence",
    against: "an engine that has lost its lease records what another one records",
    theme: "standstill",
    seed: 27,
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
    theme: "standstill",
    seed: 22,
    changes: [
      {
        file: "engine/deliver.ts",
        find: "await checkLease(context.sql, work.lease);",
        replace: "void checkLease;",
      },
    ],
  },
  {
    name: "an-heirs-call-is-left-alone",
    against: "an engine that has lost its lease makes due what its heir has under way",
    theme: "deep",
    seed: 202253,
    changes: [
      {
        file: "engine/settle.ts",
        find: "return all.filter((one) => ours.has(sendingOf(one).intent.id));",
        replace: "return all.filter(() => ours !== null);",
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
    theme: "lost-creates",
    seed: 29,
    changes: [
      {
        file: "engine/recover.ts",
        find: "const found = await findRows(context, recovery, creates);",
        replace: "const found = new Map(); void findRows;",
      },
    ],
  },
  {
    name: "nothing-beside-an-open-call",
    against: "a second call is made while the first may still take effect",
    theme: "standstill",
    seed: 22,
    together: "Whoever goes on beside it is found later: what was never heard of is looked for.",
    changes: [
      {
        file: "engine/recover.ts",
        find: "else throw stillOpen(transaction);",
        replace: "else void stillOpen;",
      },
      {
        file: "engine/worker.ts",
        find: "await unheard.look({ lease, system: task.system, session, mapVersion });",
        replace: "void unheard; void mapVersion;",
      },
    ],
  },
  {
    name: "recovery",
    against: "what a dead engine had under way is never finished",
    theme: "takeovers",
    seed: 60,
    changes: [
      {
        file: "engine/worker.ts",
        find: "if (map !== null) await recoverAttempts(context, { lease, session, map, signal });",
        replace: "void recoverAttempts; void map;",
      },
    ],
  },
  {
    name: "unheard-writes",
    against:
      "what waits for the event of a write that a system only said it has made waits for ever",
    world: "lying-shop.yaml",
    changes: [
      {
        file: "engine/worker.ts",
        find: "await unheard.look({ lease, system: task.system, session, mapVersion });",
        replace: "void unheard; void mapVersion;",
      },
    ],
  },
  {
    name: "the-log-before-a-second-create",
    against:
      "a row whose create nobody can tell of is made twice where somebody has changed its key",
    theme: "at-once",
    seed: 304684,
    changes: [
      {
        file: "engine/unknown-creates.ts",
        find: "if (again.length === 0) return planned;",
        replace: "if (again.length >= 0) return planned;",
      },
    ],
  },
  {
    name: "the-cache-believes-nothing",
    against: "an engine decides with what another one has changed meanwhile",
    theme: "takeovers",
    seed: 2,
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
    name: "one-map-decides",
    against: "a batch is decided by a map that is no longer live",
    theme: "publishing",
    changes: [
      {
        file: "engine/record.ts",
        find: "if (stored.version !== map.version) throw",
        replace: "if (Number.isNaN(stored.version)) throw",
      },
    ],
  },
  {
    name: "one-map-delivers",
    against: "what the live map does not send is sent",
    theme: "publishing",
    seed: 65,
    changes: [
      {
        file: "engine/deliver.ts",
        find: "if (version !== work.map.version) throw",
        replace: "if (Number.isNaN(version)) throw",
      },
    ],
  },
];
