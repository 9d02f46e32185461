import { type Hub, openHub } from "../../../db/client.ts";
import {
  type Edits,
  type MemoryReads,
  MemoryRefusal,
  MemorySystem,
} from "../../connectors/memory/system.ts";
import { LIMITS } from "../../core/limits.ts";
import { ObjectSchema } from "../../core/map/object-schema.ts";
import type { Columns } from "../../core/values/field-value.ts";
import { addHints } from "../../storage/inbox.ts";
import { publishDocument } from "../acts/publish.ts";
import { resolveConflict } from "../acts/resolve-conflict.ts";
import { emptyHub } from "./empty-hub.ts";
import { type Fate, isInsideTransaction } from "./faults.ts";
import type { ConflictRow } from "./oracle/hub-view.ts";
import { auditReader, viewHub } from "./oracle/view-hub.ts";
import { type Played, playScript, type Script, type ScriptedEvent, type Stand } from "./player.ts";
import { approveAll } from "./stewards.ts";
import { createVirtualClock, type VirtualClock } from "./virtual-clock.ts";
import type {
  World,
  WorldEvent,
  WorldFault,
  WorldObject,
  WorldReads,
  WorldSystem,
} from "./world-file.ts";

/** Plays a world on a hub of its own. @param url its tables are emptied first */
export async function playWorld(url: string, world: World) {
  const hub = openHub(url, 4);
  try {
    const { systems, played, faultsLeft } = await standWorld(hub, world);
    return await resultOf(hub, systems, played, faultsLeft);
  } finally {
    await hub.close();
  }
}

export type Stood = {
  readonly systems: ReadonlyMap<string, MemorySystem>;
  readonly played: Played;
  readonly faultsLeft: readonly WorldFault[];
};

/**
 * Sets a world up and plays it. @param how.look looks after every turn · how.unchecked: a map that
 * could not be published is played too
 */
export async function standWorld(
  hub: Hub,
  world: World,
  how: {
    readonly look?: (systems: Stood["systems"]) => Script["look"];
    readonly unchecked?: boolean;
  } = {},
): Promise<Stood> {
  await emptyHub(hub.sql);
  const clock = createVirtualClock();
  const systems = new Map(
    Object.entries(world.systems).map(([id, system]) => [id, systemOf(system, clock)]),
  );
  const faults = new Faults(world.faults);
  const look = how.look?.(systems);
  const played = await playScript({
    ...{ hub, clock, systems, document: world.map, events: eventsOf(world) },
    connectedAt: new Map(
      Object.entries(world.systems).map(([id, { connectedAt }]) => [id, connectedAt]),
    ),
    fateAt: (step, place) => faults.at(step, place),
    unchecked: how.unchecked ?? false,
    ...(look === undefined ? {} : { look }),
  });
  return { systems, played, faultsLeft: faults.left };
}

/** Which faults there are still to be, and how often each place was come to. */
class Faults {
  left: readonly WorldFault[];
  readonly #times = new Map<string, number>();

  constructor(faults: readonly WorldFault[]) {
    this.left = faults;
  }

  at(step: number, place: string): Fate {
    const times = (this.#times.get(place) ?? 0) + 1;
    this.#times.set(place, times);
    const fault = this.left.find(
      (one) => one.step === step || (one.place === place && one.time === times),
    );
    if (fault === undefined) return "go-on";
    this.left = this.left.filter((one) => one !== fault);
    return fault.do === "stall" && isInsideTransaction(place) ? "go-on" : fault.do;
  }
}

function systemOf({ objects, traits }: WorldSystem, clock: VirtualClock): MemorySystem {
  const { redelivers, forgetsOutcomes, writesAtOnce } = traits;
  const system = new MemorySystem({
    objects: Object.entries(objects).map(([name, object]) => schemaOf(name, object)),
    now: clock.stamp,
    adjust: (object, columns) => adjusted(traits, object, columns),
    ...{ forgetsOutcomes, writesAtOnce, transactionMsMax: LIMITS.callTimeoutMs },
    ...(redelivers === undefined ? {} : { redelivers }),
    ...(traits.reads === undefined ? {} : { reads: readsOf(traits.reads) }),
  });
  for (const [name, { rows }] of Object.entries(objects)) {
    for (const row of rows) system.edit((edits) => edits.insert(name, row));
  }
  return system;
}

function readsOf(of: WorldReads): MemoryReads {
  return {
    pace: { pollMs: of.every ?? null, sweepMs: of.sweepEvery },
    stampMs: of.stamps,
    skewMs: of.clockAhead - of.clockBehind,
    isThin: of.thin,
    callRowsMax: of.callRows,
    wholeCalls: of.wholeCalls,
    replaces: of.replaces,
    isSilent: of.silent,
  };
}

export function schemaOf(name: string, { key, columns, unique }: WorldObject): ObjectSchema {
  return ObjectSchema.parse({
    ...{ name, kind: "table", key, uniques: unique, references: [] },
    columns: Object.entries(columns).map(([column, { type, required, generated, ...more }]) => ({
      ...{ name: column, type, nativeType: type, readOnly: false, hasDefault: generated },
      nullable: !required && !key.includes(column),
      ...more,
    })),
  });
}

function adjusted(traits: WorldSystem["traits"], object: string, columns: Columns): Columns {
  const change = ([name, value]: [string, Columns[string]]) => {
    if (typeof value !== "string") return [name, value];
    const column = `${object}.${name}`;
    const cut = [...value].slice(0, traits.truncates[column] ?? value.length).join("");
    if (traits.uppercases.includes(column)) return [name, cut.toUpperCase()];
    return [name, traits.lowercases.includes(column) ? cut.toLowerCase() : cut];
  };
  return Object.fromEntries(Object.entries(columns).map((cell) => change(cell as never)));
}

function eventsOf({ events, published }: World): ScriptedEvent[] {
  const maps = [...published];
  return events.flatMap((event) => {
    if ("answer" in event && event.shownAt !== undefined) return lateAnswer(event, event.shownAt);
    const document = "publish" in event ? maps.shift() : undefined;
    return [{ atMs: event.at, act: (stand: Stand) => happen(stand, event, document) }];
  });
}

type AnswerEvent = Extract<WorldEvent, { answer: string }>;

/** A person looks at a question, and answers some time after it. */
function lateAnswer(event: AnswerEvent, shownAt: number): ScriptedEvent[] {
  let shown: ConflictRow | undefined;
  return [
    {
      atMs: shownAt,
      act: async (stand) => {
        shown = await questionOf(stand, event);
        return shown === undefined ? "later" : undefined;
      },
    },
    {
      atMs: event.at,
      act: async (stand) => (shown === undefined ? "later" : await answerTo(stand, event, shown)),
    },
  ];
}

async function happen(
  stand: Stand,
  event: WorldEvent,
  document: World["map"] | undefined,
): Promise<"later" | undefined> {
  if ("cut" in event) stand.systems.get(event.cut)?.cut();
  else if ("answer" in event) return await answer(stand, event);
  else if ("approve" in event) {
    await approveAll({ sql: stand.acts.hub.sql, acts: stand.acts, tell: stand.tell });
  } else if ("publish" in event) {
    if (document === undefined) return undefined;
    const act = { document, note: "", acknowledged: "all" as const };
    stand.tell(`Another map is published: ${(await publishDocument(stand.acts, act)).kind}.`);
  } else if ("hint" in event) await hint(stand, event);
  else editSystem(stand, event);
  return undefined;
}

async function hint(
  { acts, systems, tell }: Stand,
  event: Extract<WorldEvent, { hint: unknown }>,
): Promise<void> {
  const object = event.object ?? systems.get(event.system)?.schemas[0]?.name ?? "";
  const externalId = String(event.hint);
  tell(`${event.system} says that row ${externalId} of ${object} may have changed.`);
  const now = acts.clock.now().toISOString();
  await addHints(acts.hub.sql, event.system, [{ object, externalId }], { now });
}

type EditEvent = Exclude<Extract<WorldEvent, { system: string }>, { hint: unknown }>;

function editSystem(stand: Stand, event: EditEvent): void {
  const system = stand.systems.get(event.system);
  if (system === undefined) throw new Error(`There is no system ${event.system}.`);
  const object = event.object ?? system.schemas[0]?.name ?? "";
  const work = (edits: Edits) => {
    if ("insert" in event) edits.insert(object, event.insert);
    else if ("update" in event) edits.edit(object, String(event.update), event.set);
    else if ("delete" in event) edits.remove(object, String(event.delete));
    else edits.truncate(object);
  };
  const what = `A person at ${event.system} ${editWords(event, object)}`;
  const named = "update" in event ? event.update : null;
  const id = "delete" in event ? event.delete : named;
  if (id !== null && system.row(object, String(id)) === null) {
    stand.tell(`${what}, and there is no such row.`);
    return;
  }
  try {
    system.edit(work, "lateBy" in event ? event.lateBy : undefined);
    stand.tell(`${what}.`);
  } catch (error) {
    if (!(error instanceof MemoryRefusal)) throw error;
    stand.tell(`${what}, and is refused: ${error.message}`);
  }
}

function editWords(event: EditEvent, object: string): string {
  if ("insert" in event) return `adds to ${object}: ${JSON.stringify(event.insert)}`;
  if ("update" in event) {
    return `sets in row ${event.update} of ${object}: ${JSON.stringify(event.set)}`;
  }
  return "delete" in event ? `deletes row ${event.delete} of ${object}` : `empties ${object}`;
}

async function answer(stand: Stand, event: AnswerEvent): Promise<"later" | undefined> {
  const open = await questionOf(stand, event);
  return open === undefined ? "later" : await answerTo(stand, event, open);
}

async function questionOf({ acts }: Stand, { field }: AnswerEvent) {
  const { conflicts } = await viewHub(acts.hub.sql);
  return conflicts.find(
    (one) => one.state === "open" && (field === undefined || one.field === field),
  );
}

async function answerTo(
  { acts, tell }: Stand,
  event: AnswerEvent,
  open: ConflictRow,
): Promise<undefined> {
  const kinds = ["hub", "delete", "keep"] as const;
  const kind = kinds.find((one) => one === event.answer);
  const choice =
    kind === undefined
      ? { kind: "candidate" as const, from: `system:${event.answer}` as const }
      : { kind };
  const act = { conflict: open.id, revision: open.revision, choice };
  tell(
    `The question about ${open.field ?? "a delete"}: ${(await resolveConflict(acts, act)).kind}.`,
  );
  return undefined;
}

async function resultOf(
  hub: Hub,
  systems: ReadonlyMap<string, MemorySystem>,
  played: Played,
  notReached: readonly WorldFault[],
) {
  const { view, rests, problems, story, steps } = played;
  const rowsOf = (system: MemorySystem) =>
    Object.fromEntries(
      [...system.tables].map(([name, { rows }]) => [name, Object.fromEntries(rows)]),
    );
  return {
    rests,
    problems,
    systems: Object.fromEntries([...systems].map(([id, system]) => [id, rowsOf(system)])),
    records: [...view.records.values()],
    links: view.links,
    questions: view.conflicts,
    held: view.quarantine,
    deliveries: view.deliveries,
    writes: [...systems].flatMap(([system, { log }]) =>
      log
        .filter(({ isOurs, changes }) => isOurs && changes.length > 0)
        .map(({ transaction, at, changes }) => ({ system, transaction, at, changes })),
    ),
    audit: await auditReader(hub.sql)(),
    faultsNotReached: notReached,
    steps,
    story,
  };
}
