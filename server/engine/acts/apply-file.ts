import type { Transaction } from "../../../db/client.ts";
import type { Connector } from "../../connectors/connector.ts";
import { openSealed, type StoredSettings, sealSettings } from "../../connectors/sealed-settings.ts";
import { checkMap } from "../../core/map/check.ts";
import type { MapProblem } from "../../core/map/checks/problem.ts";
import { diffMaps, type MapDiff } from "../../core/map/diff.ts";
import { EMPTY_MAP, type MapDocument } from "../../core/map/document.ts";
import type { MapFile } from "../../core/map/file/map-file.ts";
import type { ObjectSchema } from "../../core/map/object-schema.ts";
import { isSame } from "../../core/map/same.ts";
import { FailureError } from "../../core/run/failure.ts";
import type { SecretBox } from "../../platform/secrets.ts";
import { hubName } from "../../storage/hub-name.ts";
import { readLiveVersion } from "../../storage/maps.ts";
import { notify } from "../../storage/notify.ts";
import {
  insertSystem,
  listSystems,
  readSchemas,
  type SystemRow,
  saveObjects,
  saveSettings,
} from "../../storage/systems.ts";
import type { ActContext } from "./context.ts";
import { readConnection, type SettingProblem } from "./file-settings.ts";
import { type Acknowledged, type PublishOutcome, publishDocument } from "./publish.ts";
import { isSamePlace, sharedWords, systemAt } from "./shared-place.ts";

export type ApplyContext = ActContext & {
  readonly box: SecretBox;
  readonly connectors: readonly Connector[];
  /** A variable of the environment, for secrets that the file refers to. */
  variable(name: string): string | undefined;
};

/** What applying does to the connection of one system. */
export type SystemChange = {
  readonly system: string;
  readonly change: "added" | "changed" | "same";
  readonly objects: number;
};

export type ApplyOutcome =
  | {
      readonly kind: "applied";
      readonly systems: readonly SystemChange[];
      readonly published: Extract<PublishOutcome, { kind: "published" | "unchanged" }>;
    }
  /** What applying would do; nothing has happened. */
  | {
      readonly kind: "tried";
      readonly systems: readonly SystemChange[];
      readonly diff: MapDiff;
      readonly warnings: readonly MapProblem[];
    }
  /** Settings that do not fit; nothing has happened. */
  | { readonly kind: "settings"; readonly problems: readonly SettingProblem[] }
  /** Systems that cannot be reached or refuse; nothing has happened. */
  | { readonly kind: "unreachable"; readonly failures: readonly SystemFailure[] }
  | { readonly kind: "problems"; readonly problems: readonly MapProblem[] };

export type SystemFailure = { readonly system: string; readonly detail: string };

/**
 * Makes the hub what a map file says: sets its systems up, reads what they hold, checks the map and
 * publishes it where it differs. All of it, or nothing.
 * @param act `dryRun`: only looks and tells
 */
export async function applyFile(
  ctx: ApplyContext,
  act: {
    readonly file: MapFile;
    readonly note: string;
    readonly acknowledged: Acknowledged;
    readonly dryRun: boolean;
  },
): Promise<ApplyOutcome> {
  const rows = await listSystems(ctx.hub.sql);
  const read = Object.entries(act.file.connections).map(([system, connection]) => {
    const row = rows.find((one) => one.id === system) ?? null;
    const stored = row === null ? {} : openSealed(ctx.box, system, row.secrets);
    return { row, ...readConnection(ctx, { system, connection, row, stored }) };
  });
  const problems = read.flatMap((one) => (one.ok ? [] : one.problems));
  if (problems.length > 0) return { kind: "settings", problems };
  const wanted = read.flatMap((one) => (one.ok ? [toSetUp(ctx, one.row, one)] : []));
  const shared = await sharedPlaces(ctx, wanted);
  if (shared.length > 0) return { kind: "settings", problems: shared };
  const found = await discoverAll(ctx, wanted, act.file.document);
  if (!found.ok) return { kind: "unreachable", failures: found.failures };
  const systems = wanted.map(({ system, change }) => ({
    ...{ system, change },
    objects: found.schemas[system]?.length ?? 0,
  }));
  if (act.dryRun) return await tryOut(ctx, act, { systems, schemas: found.schemas });
  const published = await publishDocument(ctx, {
    ...act,
    ...{ document: act.file.document, prepare: (tx) => save(tx, ctx, wanted, found.schemas) },
  });
  switch (published.kind) {
    case "published":
    case "unchanged":
      return { kind: "applied", systems, published };
    case "problems":
      return published;
    default:
      throw new Error(`Publishing a document cannot end as ${published.kind}.`);
  }
}

type ToSetUp = {
  readonly system: string;
  readonly connector: Connector;
  /** Everything, with the secrets. */
  readonly settings: Record<string, unknown>;
  readonly stored: StoredSettings;
  readonly change: SystemChange["change"];
};

function toSetUp(
  ctx: ApplyContext,
  row: SystemRow | null,
  read: Extract<ReturnType<typeof readConnection>, { ok: true }>,
): ToSetUp {
  const { system, connector, settings, references } = read;
  const kept = keptReferences(ctx, row, references);
  const sealed = sealSettings(connector, ctx.box, system, { ...settings, ...kept });
  // The reference stays beside the sealed secret, so that an export says where it came from.
  const stored = { settings: { ...sealed.settings, ...references }, secrets: sealed.secrets };
  if (row === null) return { system, connector, settings, stored, change: "added" };
  const before = { plain: row.settings, secret: openSealed(ctx.box, system, row.secrets) };
  const after = { plain: stored.settings, secret: openSealed(ctx.box, system, stored.secrets) };
  const change = isSame(before, after) ? "same" : "changed";
  return { system, connector, settings, stored, change };
}

/** Places that are another system's already, or that the file names twice. */
async function sharedPlaces(
  ctx: ApplyContext,
  wanted: readonly ToSetUp[],
): Promise<SettingProblem[]> {
  const hub = await hubName(ctx.hub.sql);
  const traces = (one: ToSetUp) => one.connector.traces(one.settings, hub);
  const problems: SettingProblem[] = [];
  for (const [at, one] of wanted.entries()) {
    if (one.change === "same") continue;
    const twin = wanted.find(
      (other, place) =>
        other.connector.id === one.connector.id &&
        (place < at || other.change === "same") &&
        other.system !== one.system &&
        isSamePlace(traces(one), traces(other)),
    );
    const known = twin?.system ?? (await systemAt(ctx.hub.sql, ctx, one));
    const isMoving = wanted.some(({ system, change }) => system === known && change === "changed");
    if (known === null || (twin === undefined && isMoving)) continue;
    problems.push({ system: one.system, setting: null, message: sharedWords(known) });
  }
  return problems;
}

/**
 * References that the hub looks up anew whenever it opens the system: they stay that, for what they
 * lead to may change, as the port of an embedded server does at each start.
 */
function keptReferences(
  ctx: ApplyContext,
  row: SystemRow | null,
  references: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  if (row === null) return {};
  const sealed = openSealed(ctx.box, row.id, row.secrets);
  const kept = Object.entries(references).filter(
    ([name, reference]) => !(name in sealed) && isSame(row.settings[name], reference),
  );
  return Object.fromEntries(kept);
}

type Discovery =
  | { readonly ok: true; readonly schemas: Readonly<Record<string, ObjectSchema[]>> }
  | { readonly ok: false; readonly failures: readonly SystemFailure[] };

async function discoverAll(
  ctx: ApplyContext,
  wanted: readonly ToSetUp[],
  document: MapDocument,
): Promise<Discovery> {
  const hub = await hubName(ctx.hub.sql);
  const found = await Promise.all(
    wanted.map((one) => discover(one, hub, usesOf(document, one.system))),
  );
  const failures = found.filter((one) => "detail" in one);
  if (failures.length > 0) return { ok: false, failures };
  const schemas = found.flatMap((one) => ("schemas" in one ? [[one.system, one.schemas]] : []));
  return { ok: true, schemas: Object.fromEntries(schemas) };
}

type Uses = { readonly isRead: boolean; readonly isWritten: boolean };

function usesOf(document: MapDocument, system: string): Uses {
  const bindings = document.bindings.filter((one) => one.system === system);
  const edges = bindings.flatMap((one) => one.edges);
  return {
    isRead: bindings.length > 0,
    isWritten: edges.some(({ direction }) => direction !== "in"),
  };
}

/** What a system holds; one that cannot do what the map asks of it is told so before it is kept. */
async function discover(
  { system, connector, settings, change }: ToSetUp,
  hub: string,
  { isRead, isWritten }: Uses,
): Promise<SystemFailure | { readonly system: string; readonly schemas: ObjectSchema[] }> {
  try {
    const session = await connector.open(settings, hub);
    try {
      const lines = isRead && change !== "same" ? await session.check() : [];
      const failed = lines.find((line) => !line.ok && (isWritten || line.isForWriting !== true));
      if (failed !== undefined) return { system, detail: `${failed.label}: ${failed.detail}` };
      return { system, schemas: await session.discover() };
    } finally {
      await session.close();
    }
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    return { system, detail: error.failure.detail };
  }
}

async function save(
  tx: Transaction,
  ctx: ApplyContext,
  wanted: readonly ToSetUp[],
  schemas: Readonly<Record<string, ObjectSchema[]>>,
): Promise<void> {
  const now = ctx.clock.now().toISOString();
  for (const { system, connector, stored, change } of wanted) {
    const row = { id: system, ...stored };
    if (change === "added") {
      await insertSystem(tx, { ...row, connector: connector.id, createdAt: now });
    }
    if (change === "changed") await saveSettings(tx, row);
    await saveObjects(tx, system, schemas[system] ?? [], now);
  }
  if (wanted.length > 0) await notify(tx, ["systems"]);
}

async function tryOut(
  ctx: ApplyContext,
  act: { readonly file: MapFile; readonly acknowledged: Acknowledged },
  found: {
    readonly systems: readonly SystemChange[];
    readonly schemas: Readonly<Record<string, ObjectSchema[]>>;
  },
): Promise<ApplyOutcome> {
  const { document } = act.file;
  const live = await readLiveVersion(ctx.hub.sql);
  const schemas = { ...(await readSchemas(ctx.hub.sql)), ...found.schemas };
  const problems = checkMap(document, schemas);
  if (problems.some((one) => one.severity === "error")) return { kind: "problems", problems };
  const diff = diffMaps(live?.document ?? EMPTY_MAP, document);
  return { kind: "tried", systems: found.systems, diff, warnings: problems };
}
