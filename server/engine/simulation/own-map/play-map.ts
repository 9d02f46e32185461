import { type Hub, openHub } from "../../../../db/client.ts";
import type { MapDocument } from "../../../core/map/document.ts";
import { narrate } from "../narrate.ts";
import type { AuditRow } from "../oracle/hub-view.ts";
import { auditReader } from "../oracle/view-hub.ts";
import { standWorld } from "../play-world.ts";
import type { World, WorldSystem } from "../world-file.ts";
import { compile, drawWorld } from "./draw-world.ts";
import { inferSystems } from "./infer-systems.ts";
import { findPingPong, findStuck, judge } from "./judge.ts";
import { Watch } from "./watch.ts";

export type MapToPlay = {
  readonly document: MapDocument;
  /** Systems of which more is said than the map says. */
  readonly systems: Readonly<Record<string, WorldSystem>>;
  /** What is drawn beside rows, edits and faults. */
  readonly also?: (drawn: World) => World;
  readonly first: number;
  readonly count: number;
  /** Plays until so much time is over, instead of a number of schedules. */
  readonly forMs: number | null;
  readonly signal: AbortSignal;
  /** Looks for the smallest schedule that fails too; so it is where nothing is said. */
  readonly shrinks?: boolean;
};

export type Verdict = {
  readonly schedules: number;
  /** What waited for a person at the end of schedules, and in how many of them. */
  readonly waiting: Readonly<Record<string, number>>;
  readonly found: Found | null;
};

/** The smallest schedule that was found under which the map fails. */
export type Found = {
  readonly seed: number;
  readonly problems: readonly string[];
  readonly story: readonly string[];
  readonly world: World;
  readonly runs: number;
};

export type Outcome = Pick<Found, "problems" | "story"> & { readonly waiting: readonly string[] };

const RUNS_MAX = 150;

/** Looks for a schedule of edits and accidents that breaks a map. @param url a hub to empty */
export async function playMap(url: string, how: MapToPlay): Promise<Verdict> {
  const systems = inferSystems(how.document, how.systems);
  const waiting: Record<string, number> = {};
  const hub = openHub(url, 4);
  const begun = performance.now();
  const isOver = (schedules: number) =>
    how.forMs === null ? schedules >= how.count : performance.now() - begun >= how.forMs;
  let schedules = 0;
  try {
    for (; !isOver(schedules) && !how.signal.aborted; schedules += 1) {
      const seed = how.first + schedules;
      const drawn = drawWorld(how.document, systems, seed);
      const world = how.also?.(drawn) ?? drawn;
      const outcome = await playOnce(hub, world);
      for (const one of outcome.waiting) waiting[one] = (waiting[one] ?? 0) + 1;
      if (outcome.problems.length === 0) continue;
      const { problems, story } = outcome;
      const smallest =
        how.shrinks === false
          ? { problems, story, world, runs: 0 }
          : await shrinkWorld(hub, world, outcome);
      const found = { seed, ...smallest };
      return { schedules: schedules + 1, waiting, found };
    }
    return { schedules, waiting, found: null };
  } finally {
    await hub.close();
  }
}

/** Plays one schedule, and judges it. */
export async function playOnce(hub: Hub, world: World): Promise<Outcome> {
  const lines: AuditRow[] = [];
  const watching: { watch: Watch | null } = { watch: null };
  const read = auditReader(hub.sql);
  const stood = await standWorld(hub, world, {
    unchecked: true,
    look: (systems) => {
      const watch = new Watch(systems);
      watching.watch = watch;
      return async (tell) => {
        const news = await read();
        lines.push(...news);
        for (const sentence of narrate(watch.catchUp(), news)) tell(sentence);
        // What goes on for ever is not waited for.
        return findPingPong({ world, changes: watch.changes });
      };
    },
  });
  const { view, story } = stood.played;
  const map = compile(world.map, world.systems);
  const changes = watching.watch?.changes ?? [];
  const problems = judge({ world, map, stood, view, lines, changes });
  const open = view.conflicts.filter(({ state }) => state === "open");
  const asked = open.map(({ field, reason }) => `${field ?? "a delete"} is asked (${reason})`);
  const waiting = new Set([...asked, ...findStuck({ view }, false)]);
  return { problems, story, waiting: [...waiting] };
}

/** Leaves out what is not needed: events, accidents and rows, one after the other. */
async function shrinkWorld(hub: Hub, world: World, failed: Outcome) {
  const kind = kindOf(failed);
  let best = { world, ...failed };
  let runs = 0;
  for (let isSmaller = true; isSmaller; ) {
    isSmaller = false;
    for (const smaller of smallerThan(best.world)) {
      if (runs >= RUNS_MAX) break;
      runs += 1;
      const outcome = await playOnce(hub, smaller);
      if (outcome.problems.length === 0 || kindOf(outcome) !== kind) continue;
      best = { world: smaller, ...outcome };
      isSmaller = true;
      break;
    }
  }
  const { problems, story } = best;
  return { problems, story, world: best.world, runs };
}

/** "lost", "ping-pong" … */
const kindOf = ({ problems: [first = ""] }: Outcome) => first.split(":")[0];

function* smallerThan(world: World): Generator<World> {
  if (world.faults.length > 1) yield { ...world, faults: [] };
  for (const at of world.faults.keys()) yield { ...world, faults: world.faults.toSpliced(at, 1) };
  for (const at of world.events.keys()) yield { ...world, events: world.events.toSpliced(at, 1) };
  for (const [id, system] of Object.entries(world.systems)) {
    const isPlain = system.connectedAt === 0 && system.traits.redelivers === undefined;
    const { redelivers: _, ...traits } = system.traits;
    const with_ = (next: WorldSystem) => ({ ...world, systems: { ...world.systems, [id]: next } });
    if (!isPlain) yield with_({ ...system, connectedAt: 0, traits });
    for (const [name, object] of Object.entries(system.objects)) {
      for (const at of object.rows.keys()) {
        const rows = object.rows.toSpliced(at, 1);
        yield with_({ ...system, objects: { ...system.objects, [name]: { ...object, rows } } });
      }
    }
  }
}
