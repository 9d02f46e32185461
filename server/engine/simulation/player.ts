import type { Hub } from "../../../db/client.ts";
import type { MemoryReads, MemorySystem } from "../../connectors/memory/system.ts";
import type { MapDocument } from "../../core/map/document.ts";
import { createIdSource } from "../../platform/ids.ts";
import { createSeededRandom } from "../../platform/random.ts";
import { DELIVERY_PARTITIONS } from "../../storage/delivery-partitions.ts";
import { insertVersion } from "../../storage/maps.ts";
import type { ActContext } from "../acts/context.ts";
import { publishDocument } from "../acts/publish.ts";
import { endLeases } from "./crew.ts";
import { makeDice } from "./dice.ts";
import { foundSystems } from "./empty-hub.ts";
import { CALM, type Fate } from "./faults.ts";
import { Fibers } from "./fibers.ts";
import type { HubView } from "./oracle/hub-view.ts";
import { viewHub } from "./oracle/view-hub.ts";
import { type SimulatedEngine, type Stage, startSimulatedEngine } from "./simulated-engine.ts";
import { Tally } from "./tally.ts";
import type { VirtualClock } from "./virtual-clock.ts";

/** What somebody does at a time of the virtual clock, in milliseconds from the beginning. */
export type ScriptedEvent = {
  readonly atMs: number;
  /** "later": it could not be done yet, and is tried again. */
  readonly act: (stand: Stand) => Promise<unknown> | unknown;
};

/** A world and what happens in it, without any dice. */
export type Script = {
  readonly hub: Hub;
  readonly clock: VirtualClock;
  readonly systems: ReadonlyMap<string, MemorySystem>;
  readonly document: MapDocument;
  readonly events: readonly ScriptedEvent[];
  /** When systems are connected that are not from the beginning. */
  readonly connectedAt?: ReadonlyMap<string, number>;
  /** What happens at the n-th step of the engines, from 0. */
  readonly fateAt: (step: number, place: string) => Fate;
  /** The map is played although it could not be published. */
  readonly unchecked?: boolean;
  /** Looks after every turn of a fiber. */
  readonly look?: (tell: (sentence: string) => void) => Promise<string[]>;
};

/** What an event may use. */
export type Stand = {
  readonly acts: ActContext;
  readonly systems: ReadonlyMap<string, MemorySystem>;
  readonly tell: (sentence: string) => void;
};

export type Played = {
  /** Every step that the engines came to, by its place: "commit after". */
  readonly steps: readonly string[];
  /** So many of them until there was nothing more to do. */
  readonly busySteps: number;
  readonly story: readonly string[];
  readonly problems: readonly string[];
  /** It came to rest. */
  readonly rests: boolean;
  readonly view: HubView;
};

const ROUND_MS = 500;
/** So many after the last thing that happens. */
const ROUNDS_MAX = 400;
/** Where nothing is to be done, or nothing helps, the time until so long before is passed over. */
const QUIET_MS = 30_000;
/** Nothing to do for so long is rest: by then a capture has looked whether its map is live. */
const REST_ROUNDS = 5;

/** Plays a script with one engine, and an heir for each that dies, until everything rests. */
export async function playScript(script: Script): Promise<Played> {
  const play = new Play(script);
  await play.begin();
  for (let rounds = 0; rounds < ROUNDS_MAX && play.restRounds < REST_ROUNDS; ) {
    await play.round();
    if (play.problems.length > 0) break;
    rounds = play.isWaiting ? 0 : rounds + 1;
  }
  return await play.end();
}

class Play {
  restRounds = 0;
  readonly problems: string[] = [];
  readonly #script: Script;
  readonly #stage: Stage;
  readonly #stand: Stand;
  readonly #begunMs: number;
  readonly #steps: string[] = [];
  readonly #story: string[] = [];
  #engine: SimulatedEngine | null = null;
  #engines = 0;
  #busySteps = 0;
  /** So long something has been left to do that nothing ends. */
  #unquietRounds = 0;
  #left: readonly ScriptedEvent[];

  constructor(script: Script) {
    const { hub, clock, systems } = script;
    this.#script = script;
    this.#begunMs = clock.nowMs();
    this.#left = script.events.toSorted((a, b) => a.atMs - b.atMs);
    const tell = (sentence: string) => {
      this.#story.push(`${new Date(clock.nowMs()).toISOString().slice(11, 23)} ${sentence}`);
    };
    this.#stage = {
      sql: hub.sql,
      dice: makeDice(createSeededRandom(1)),
      clock,
      fibers: new Fibers(),
      systems,
      weather: CALM,
      fate: (place) => {
        this.#steps.push(place);
        return script.fateAt(this.#steps.length - 1, place);
      },
      orphans: [],
      tally: new Tally(),
      tell,
    };
    const still = clock.as(() => Promise.resolve());
    const ids = createIdSource(still, createSeededRandom(2));
    this.#stand = { acts: { hub, clock: still, ids, person: "ana@example.com" }, systems, tell };
  }

  async begin(): Promise<void> {
    const { hub, systems, document, clock } = this.#script;
    const schemas = [...systems].map(([id, system]) => [id, system.schemas] as const);
    await foundSystems(hub.sql, new Map(schemas), new Date(clock.nowMs()).toISOString());
    if (this.#script.unchecked === true) {
      const at = new Date(clock.nowMs()).toISOString();
      const version = { document, author: "ana@example.com", note: "", restores: null, at };
      await hub.sql.begin((tx) => insertVersion(tx, version));
      return;
    }
    const act = { document, note: "The first", acknowledged: "all" as const };
    const outcome = await publishDocument(this.#stand.acts, act);
    if (outcome.kind === "published") return;
    throw new Error(`The map cannot be published: ${JSON.stringify(outcome)}`);
  }

  /** What is due happens, the engine takes what is free, and every fiber goes on once. */
  async round(): Promise<void> {
    const { clock } = this.#script;
    const isDue = ({ atMs }: ScriptedEvent) => this.#begunMs + atMs <= clock.nowMs();
    const left = this.#left.filter((event) => !isDue(event));
    for (const event of this.#left.filter(isDue)) {
      if ((await event.act(this.#stand)) === "later") left.push(event);
    }
    this.#left = left;
    await this.#tend();
    for (const fiber of [...this.#stage.fibers.all]) {
      const { parking } = fiber;
      if (parking === null || (parking.kind === "sleep" && parking.wakeAt > clock.nowMs()))
        continue;
      await this.#stage.fibers.resume(fiber);
      await this.#look();
      if (this.problems.length > 0) return;
    }
    clock.turn(ROUND_MS);
    await this.#passOver();
    const rests = this.#left.length === 0 && (await this.#unrest()).length === 0;
    if (!rests) this.#busySteps = this.#steps.length;
    this.restRounds = rests ? this.restRounds + 1 : 0;
  }

  /** Is something still to happen at a time that has not come? */
  get isWaiting(): boolean {
    return (this.#nextMs() ?? 0) > 0;
  }

  #nextMs(): number | undefined {
    const { clock } = this.#script;
    const times = this.#left.map(({ atMs }) => this.#begunMs + atMs - clock.nowMs());
    return times.length === 0 ? undefined : Math.min(...times);
  }

  async #passOver(): Promise<void> {
    const nextMs = this.#nextMs();
    if (nextMs === undefined || nextMs <= QUIET_MS) return;
    this.#unquietRounds =
      (await this.#unrest()).length === 0 ? ROUNDS_MAX : this.#unquietRounds + 1;
    if (this.#unquietRounds < ROUNDS_MAX) return;
    this.#unquietRounds = 0;
    this.#script.clock.turn(nextMs - QUIET_MS);
  }

  async end(): Promise<Played> {
    const rests = this.restRounds >= REST_ROUNDS;
    const unrest = rests || this.problems.length > 0 ? [] : await this.#unrest();
    if (unrest.length > 0) this.problems.push("It did not come to rest.", ...unrest);
    const view = await viewHub(this.#script.hub.sql);
    const [steps, busySteps, story] = [this.#steps, this.#busySteps, this.#story];
    return { steps, busySteps, story, problems: this.problems, rests, view };
  }

  async #look(): Promise<void> {
    const tell = (sentence: string) => this.#story.push(sentence);
    const bugs = this.#engine?.bugs() ?? [];
    this.problems.push(...bugs.map((bug) => `an engine's task ended by a bug: ${String(bug)}`));
    this.problems.push(...((await this.#script.look?.(tell)) ?? []));
  }

  async #tend(): Promise<void> {
    const { hub, clock } = this.#script;
    if (this.#engine !== null && !this.#engine.isAlive) {
      await endLeases(hub.sql, this.#engine.id);
      clock.turn(10_000);
      this.#engine = null;
    }
    if (this.#engine === null) {
      this.#engines += 1;
      this.#engine = startSimulatedEngine(this.#stage, `engine-${this.#engines}`, this.#engines);
    }
    await this.#engine.tend(this.#wanted(), 99);
    await this.#look();
  }

  #wanted(): string[] {
    const { clock, systems, connectedAt } = this.#script;
    const isThere = (system: string) =>
      this.#begunMs + (connectedAt?.get(system) ?? 0) <= clock.nowMs();
    return [...systems.keys()]
      .filter(isThere)
      .flatMap((system) => [
        `capture:${system}`,
        ...Array.from({ length: DELIVERY_PARTITIONS }, (_, part) => `deliver:${system}:${part}`),
      ]);
  }

  #unasked(id: string, system: MemorySystem, loaded: object = {}): string[] {
    const { clock, document } = this.#script;
    const { reads } = system.options;
    const last = Date.parse(system.log.at(-1)?.at ?? "") || 0;
    const isAsked = reads === undefined || clock.nowMs() >= last + askedWithinMs(reads);
    const isWhole = [...system.tables.keys()].every(
      (object) => !isBound(document, id, object) || object in loaded,
    );
    return isAsked && isWhole ? [] : [`${id} has not been asked for everything`];
  }

  /** What is still to be done. */
  async #unrest(): Promise<string[]> {
    const view = await viewHub(this.#script.hub.sql);
    const unread = [...this.#script.systems].flatMap(([id, system]) => {
      const capture = view.captures.find((one) => one.system === id);
      if (system.options.reads !== undefined) return this.#unasked(id, system, capture?.loaded);
      const places = [capture?.position ?? "", ...Object.values(capture?.loaded ?? {})];
      const isWhole = [...system.tables.keys()].every(
        (object) =>
          !isBound(this.#script.document, id, object) || object in (capture?.loaded ?? {}),
      );
      const told = Number.parseInt(places.sort().at(-1)?.slice(0, 16) ?? "", 16);
      return isWhole && told >= system.nextNumber ? [] : [`${id} has not been read to its end`];
    });
    const waiting = view.inbox.map(({ system }) => `${system} has something in its inbox`);
    const due = view.deliveries.filter(({ state }) => state !== "parked");
    const open = view.attempts.filter(({ state }) => state !== "unknown");
    return [...unread, ...waiting, ...[...due, ...open].map((one) => JSON.stringify(one))];
  }
}

/** So long after its last change everything has been asked of a system without a log. */
function askedWithinMs({ pace: { pollMs, sweepMs }, behindMs = 0 }: MemoryReads): number {
  const pollsMs = 2 * (pollMs ?? 0);
  // What it shows late is read once more where it may show the past.
  return pollsMs + 3 * behindMs + (sweepMs <= SWEPT_MS ? 2 * sweepMs : 0);
}

/** One that compares less often is not waited for. */
const SWEPT_MS = 60_000;

function isBound({ bindings }: MapDocument, system: string, object: string): boolean {
  return bindings.some((one) => one.system === system && one.object === object);
}
