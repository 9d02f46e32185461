import { type Edits, MemoryRefusal, type MemorySystem } from "../../connectors/memory/system.ts";
import { addHints } from "../../storage/inbox.ts";
import { link, unlink } from "../acts/link.ts";
import { publishDocument } from "../acts/publish.ts";
import { resolveConflict } from "../acts/resolve-conflict.ts";
import type { ConflictRow } from "./oracle/hub-view.ts";
import { viewHub } from "./oracle/view-hub.ts";
import type { ScriptedEvent, Stand } from "./player.ts";
import { approveAll } from "./stewards.ts";
import type { World, WorldEvent } from "./world-file.ts";

/** What happens in a world, in the order of its file. */
export function eventsOf({ events, published }: World): ScriptedEvent[] {
  const maps = [...published];
  return events.flatMap((event) => {
    if ("answer" in event && event.shownAt !== undefined) return lateAnswer(event, event.shownAt);
    if ("down" in event) return outage(event);
    const document = "publish" in event ? maps.shift() : undefined;
    return [{ atMs: event.at, act: (stand: Stand) => happen(stand, event, document) }];
  });
}

type OutageEvent = Extract<WorldEvent, { down: string }>;

/** A system goes down, and comes up again. */
function outage({ down, at, for: ms }: OutageEvent): ScriptedEvent[] {
  const then = (atMs: number, words: string, act: (system: MemorySystem) => void) => ({
    atMs,
    act: async (stand: Stand) => {
      act(systemIn(stand, down));
      stand.tell(`${down} is ${words}.`);
      return undefined;
    },
  });
  return [
    then(at, "down", (system) => system.goDown()),
    then(at + ms, "up again", (system) => system.comeUp()),
  ];
}

function systemIn({ systems }: Stand, id: string): MemorySystem {
  const system = systems.get(id);
  if (system === undefined) throw new Error(`There is no system ${id}.`);
  return system;
}

/** The ways back to what systems had when they were backed up. */
const backups = new WeakMap<MemorySystem, () => void>();

function backUp(stand: Stand, id: string): void {
  const system = systemIn(stand, id);
  backups.set(system, system.backUp());
  stand.tell(`${id} is backed up.`);
}

function restore(stand: Stand, id: string): void {
  const back = backups.get(systemIn(stand, id));
  if (back === undefined) throw new Error(`${id} was never backed up.`);
  back();
  stand.tell(`${id} is restored from its backup.`);
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
  event: Exclude<WorldEvent, OutageEvent>,
  document: World["map"] | undefined,
): Promise<"later" | undefined> {
  if ("answer" in event) return await answer(stand, event);
  if ("approve" in event) {
    await approveAll({ sql: stand.acts.hub.sql, acts: stand.acts, tell: stand.tell });
  } else if ("publish" in event) {
    if (document === undefined) return undefined;
    const act = { document, note: "", acknowledged: "all" as const };
    stand.tell(`Another map is published: ${(await publishDocument(stand.acts, act)).kind}.`);
  } else if ("system" in event) {
    if ("row" in event) return await sayWhich(stand, event);
    if ("hint" in event) await hint(stand, event);
    else editSystem(stand, event);
  } else strike(stand, event);
  return undefined;
}

/** What befalls a system as a whole. */
function strike(
  stand: Stand,
  event: { cut: string } | { backup: string } | { restore: string },
): void {
  if ("cut" in event) systemIn(stand, event.cut).cut();
  else if ("backup" in event) backUp(stand, event.backup);
  else restore(stand, event.restore);
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

type WhichEvent = Extract<WorldEvent, { row: unknown }>;

/** The person waits until the row is asked about. */
async function sayWhich({ acts, tell }: Stand, event: WhichEvent): Promise<"later" | undefined> {
  const { system, row, is } = event;
  const { links } = await viewHub(acts.hub.sql);
  const doubted = links.find(
    (one) => one.system === system && one.external_id === String(row) && one.state === "doubted",
  );
  if (doubted === undefined) return "later";
  const { binding, record } = doubted;
  const name = { binding, externalId: String(row) };
  const done = is === "another" ? await unlink(acts, name) : await link(acts, { ...name, record });
  tell(`A person says that row ${row} of ${system} is ${is}: ${done.kind}.`);
  return undefined;
}

type EditEvent = Exclude<
  Extract<WorldEvent, { system: string }>,
  { hint: unknown } | { row: unknown }
>;

function editSystem(stand: Stand, event: EditEvent): void {
  const system = systemIn(stand, event.system);
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
