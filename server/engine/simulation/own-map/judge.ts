import type { BindingId } from "../../../core/ids.ts";
import type { CompiledMap } from "../../../core/plan/compile-map.ts";
import { claimsOf } from "../../../core/reconcile/unique.ts";
import { AuditReplay, show } from "../oracle/audit-replay.ts";
import type { AuditRow, HubView } from "../oracle/hub-view.ts";
import type { Stood } from "../play-world.ts";
import type { World } from "../world-file.ts";
import { findApart } from "./find-apart.ts";
import { findLost } from "./find-lost.ts";
import { findOlder } from "./find-older.ts";
import type { Change } from "./watch.ts";

/** Everything that is known of a schedule when it has come to rest, or has not. */
export type Case = {
  readonly world: World;
  readonly map: CompiledMap;
  readonly stood: Stood;
  readonly view: HubView;
  readonly lines: readonly AuditRow[];
  readonly changes: readonly Change[];
};

/**
 * What a schedule has shown to be wrong with the map. Each sentence begins with its kind:
 * ping-pong · unsettled · stuck · lost · apart · doubled · violated
 */
export function judge(found: Case): string[] {
  const { played } = found.stood;
  const pingPong = [...findWars(found), ...findPingPong(found)];
  if (pingPong.length > 0) return pingPong;
  if (!played.rests) return ["unsettled: it never comes to rest", ...played.problems];
  return [
    ...findStuck(found),
    ...findLost(found),
    ...findApart(found),
    ...findDoubled(found),
    ...findViolated(found),
  ];
}

/** Rows that we made of one record, and that are all still there. */
function findDoubled({ changes, stood }: Case): string[] {
  const isThere = ({ system, object, id }: Change) =>
    stood.systems.get(system)?.row(object, id) != null;
  const made = changes.filter((one) => one.isOurs && one.before === null && isThere(one));
  // Of a record that we made alike in one system twice nothing but its key can differ.
  const byRow = Map.groupBy(made, ({ system, object, after }) => {
    const { id: _, ...rest } = after ?? {};
    return JSON.stringify([system, object, rest]);
  });
  return [...byRow.values()]
    .filter((rows) => rows.length > 1)
    .map((rows) => {
      const ids = rows.map(({ id }) => id).join(" and ");
      return `doubled: rows ${ids} of ${rows[0]?.system} were made for one record`;
    });
}

/** The engine has stopped what would have gone on for ever. */
function findWars({ view }: Case): string[] {
  const wars = view.conflicts.filter(({ reason }) => reason === "war");
  return wars.map(({ field, candidates }) => {
    const values = candidates.map(({ from, value }) => `${from} ${show(value)}`).join(", ");
    return `ping-pong: ${field} was set back again and again (${values})`;
  });
}

/** More writes to one cell than people and accidents could have caused. */
export function findPingPong({ world, changes }: Pick<Case, "world" | "changes">): string[] {
  const timesMax = 2 * (world.events.length + world.faults.length) + 4;
  const cells = new Map<string, { readonly words: string; readonly values: unknown[] }>();
  for (const { isOurs, system, object, row, id, before, after } of changes) {
    if (!isOurs || before === null) continue;
    for (const [name, value] of Object.entries(after ?? {})) {
      if (before[name] === value) continue;
      const words = `${name} of row ${id} of ${system} ${object}`;
      const cell = cells.get(`${row} ${name}`) ?? { words, values: [] };
      cell.values.push(value);
      cells.set(`${row} ${name}`, cell);
    }
  }
  return [...cells.values()]
    .filter(({ values }) => values.length > timesMax)
    .map(({ words, values }) => {
      const last = values.slice(-4).map(show).join(" → ");
      return `ping-pong: ${words} was written ${values.length} times by us (… ${last})`;
    });
}

/** A value that the map itself cannot say in a system: it waits there for ever. */
export function findStuck({ view }: Pick<Case, "view">, wantsPlain = true): string[] {
  const waiting = view.quarantine.filter(
    ({ kind, state, code }) => kind === "delivery" && state === "held" && code === "round-trip",
  );
  // Fields that share a column wait together, be it for one of them.
  const rows = Map.groupBy(waiting, ({ link }) => link);
  return [...rows.values()]
    .filter((fields) => fields.every(({ value }) => isPlain(value.value)) === wantsPlain)
    .flat()
    .map(({ field, binding, value }) => {
      const what = wantsPlain ? `${field} = ${show(value.value)}` : `${field}`;
      return `stuck: ${what} never arrives at ${binding}: it would come back as another value`;
    });
}

/** One word, or a number: what every system has. Of the rest each map has some that must wait. */
function isPlain(value: unknown): boolean {
  return typeof value === "string" && /^(?:\p{L}+|-?\d+(?:\.\d+)?)$/u.test(value);
}

/** A question was settled although nobody answered but to what had been shown before. */
function findUnshown({ events }: World, { conflicts }: HubView): string[] {
  const answers = events.filter((event) => "answer" in event);
  const isLate = answers.length > 0 && answers.every((event) => event.shownAt !== undefined);
  const settled = isLate ? conflicts.filter(({ state }) => state === "resolved") : [];
  return settled.map(({ field }) => `${field} was settled by an answer to what had changed since`);
}

/** More rows deleted by us than people have deleted of as many records. */
function findDeleted(changes: readonly Change[], systems: number): string[] {
  const deleted = changes.filter(({ after }) => after === null);
  const ours = deleted.filter(({ isOurs }) => isOurs).length;
  const people = deleted.length - ours;
  if (ours <= people * (systems - 1)) return [];
  return [`people deleted ${people} rows, and we ${ours} in ${systems} systems`];
}

/** Two records that are there have one value in a field where no two may. */
function findTwins({ map, view }: Case): string[] {
  const living = view.links.filter(({ state }) => state === "live");
  const rulesOf = new Map(
    living.map(({ record, binding }) => [record, map.bindings.get(binding as BindingId)?.entity]),
  );
  const places = [...rulesOf].flatMap(([id, rules]) => {
    const record = view.records.get(id);
    if (rules === undefined || record === undefined || record.deleted_at !== null) return [];
    const unique = rules.unique.filter(({ severity }) => severity !== "warn");
    return claimsOf({ ...rules, unique }, (field) => record.values[field]?.v);
  });
  return places
    .filter(({ place }, at) => places.findIndex((one) => one.place === place) !== at)
    .map(({ key, value }) => `two records have ${show(value)} (${key}), and no two may`);
}

/** What must hold for every map. */
function findViolated(found: Case): string[] {
  const { world, view, lines, stood, changes } = found;
  const replay = new AuditReplay();
  const made = changes.filter(({ isOurs, before }) => !isOurs && before === null).length;
  const places = view.links
    .filter(({ state }) => state === "live")
    .map(({ binding, external_id }) => `${binding} ${external_id}`);
  return [
    ...lines.flatMap((line) => replay.follow(line)),
    ...replay.compare(view),
    ...places
      .filter((place, at) => places.indexOf(place) !== at)
      .map((place) => `row ${place} is of two records`),
    ...findDeleted(changes, stood.systems.size),
    ...findUnshown(world, view),
    ...findTwins(found),
    ...findOlder(found),
    ...(view.records.size > made
      ? [`people made ${made} rows, and ${view.records.size} records`]
      : []),
    ...stood.played.problems,
  ].map((sentence) => `violated: ${sentence}`);
}
