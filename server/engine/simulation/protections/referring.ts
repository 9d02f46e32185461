import type { Protection } from "../protections.ts";

/** What makes a reference mean a record, whatever each system calls its row. */
export const REFERRING: readonly Protection[] = [
  {
    name: "references-are-translated",
    against: "a system is told the id of another system's row",
    scene: "references",
    changes: [
      {
        file: "core/mapping/read-edge.ts",
        find: "if (read.ok) reading.fields[id] = read.value;",
        replace: "if (read.ok) reading.fields[id] = parsed.value;",
      },
      {
        file: "core/mapping/compile-binding.ts",
        find: "spelled[id] = row.value;",
        replace: "spelled[id] = value;",
      },
    ],
    together: "What is read as it is spelled and written as it is read looks right to the hub.",
  },
  {
    name: "keys-wait-for-their-references",
    against: "a row that is known by whom it refers to is matched before that one is there",
    scene: "references",
    changes: [
      {
        file: "core/reconcile/identify.ts",
        find: "if (missing !== undefined) {",
        replace: "if (missing !== undefined && work === undefined) {",
      },
    ],
  },
  {
    name: "references-go-on",
    against: "what waits for a row to become a record waits for ever",
    scene: "references",
    together: "The batch that makes the record looks, and a sweep for what it could not see.",
    changes: [
      {
        file: "engine/decide-rows.ts",
        find: "const made = newlyLinked(recording, before, changes);",
        replace: "const made = newlyLinked(recording, before, changes).slice(0, 0);",
      },
      {
        file: "engine/record.ts",
        find: "if (map.referredTo.size === 0) return false;",
        replace: "if (map !== null) return false;",
      },
    ],
  },
  {
    name: "old-names-mean-what-they-meant",
    against: "a row that is named otherwise loses whoever refers to it by the name before",
    scene: "named-references",
    changes: [
      {
        file: "core/reconcile/due.ts",
        find: "if (base.misnamed === true) return true;",
        replace: "if (base.misnamed === true) return false;",
      },
    ],
  },
  {
    name: "renamed-rows-are-followed",
    against: "nobody looks at what refers to a row that is named otherwise",
    scene: "named-references",
    changes: [
      {
        file: "engine/moved-references.ts",
        find: "await noteMoved(tx, renamed, now);",
        replace: "await noteMoved(tx, renamed.slice(0, 0), now);",
      },
    ],
  },
  {
    name: "cycles-in-two-steps",
    against: "two rows that refer to one another wait for one another",
    scene: "references",
    changes: [
      {
        file: "core/plan/plan-delivery.ts",
        find: "return !isAwaited && columnsOf(rules, field).every((name) => mayLack(rules, name));",
        replace: "return !isAwaited && columnsOf(rules, field).length > 99;",
      },
    ],
  },
];
