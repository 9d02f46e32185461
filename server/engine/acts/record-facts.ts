import type { Hub } from "../../../db/client.ts";
import type { LinkId, RecordId } from "../../core/ids.ts";
import type { CompiledMap } from "../../core/plan/compile-map.ts";
import { type Cell, cellOf } from "../../core/reconcile/cell-state.ts";
import { heldFields } from "../../core/reconcile/due.ts";
import type { Conflict, LinkState, RecordState } from "../../core/reconcile/state.ts";
import { linksWithAttempts } from "../../storage/links.ts";
import { loadRecords } from "../../storage/load-records.ts";
import {
  type DeliveryLine,
  deliveriesOf,
  type HeldOfRecord,
  heldOfRecord,
} from "../../storage/screens/records.ts";
import { liveRules } from "./act-world.ts";

/** A record with all that is known of its rows, cell by cell. */
export type RecordFacts = {
  readonly map: CompiledMap;
  readonly record: RecordState;
  readonly rows: readonly RowFacts[];
  readonly conflicts: readonly Conflict[];
  readonly held: readonly HeldOfRecord[];
};

export type RowFacts = {
  readonly link: LinkState;
  readonly delivery: DeliveryLine | null;
  /** A write is on its way: its event has not been told yet. */
  readonly sending: boolean;
  /** By field, those that the binding maps. */
  readonly cells: Readonly<Record<string, Cell>>;
};

/** What every system holds of a record and how it stands to the hub; null for an unknown one. */
export async function recordFacts(hub: Hub, id: RecordId): Promise<RecordFacts | null> {
  const map = await liveRules(hub.sql);
  if (map === null) return null;
  const { loaded, held } = await hub.sql.begin("read only", async (tx) => ({
    loaded: await loadRecords(tx, [id], { lock: false }),
    held: await heldOfRecord(tx, id),
  }));
  const record = loaded.records.get(id);
  if (record === undefined) return null;
  const links = [...loaded.links.values()].sort(byPlace(map));
  const ids = links.map((link) => link.id);
  const [deliveries, sending] = await Promise.all([
    deliveriesOf(hub.sql, ids),
    linksWithAttempts(hub.sql, ids),
  ]);
  const conflicts = loaded.conflicts.get(id) ?? [];
  const known: Known = { map, record, conflicts, held, deliveries, sending, loaded };
  return { map, record, conflicts, held, rows: links.map((link) => rowFacts(known, link)) };
}

type Known = {
  readonly map: CompiledMap;
  readonly record: RecordState;
  readonly conflicts: readonly Conflict[];
  readonly held: readonly HeldOfRecord[];
  readonly deliveries: readonly DeliveryLine[];
  readonly sending: ReadonlySet<LinkId>;
  readonly loaded: Awaited<ReturnType<typeof loadRecords>>;
};

function rowFacts(known: Known, link: LinkState): RowFacts {
  const { map, record, conflicts } = known;
  const rules = map.bindings.get(link.binding);
  const cells: Record<string, Cell> = {};
  const ofLink = known.held
    .filter((item) => item.link === link.id)
    .map(({ value, ...item }) => ({ ...item, ...value }));
  const context = {
    conflicts,
    held: ofLink,
    heldFields: heldFields(
      map.entities.get(record.entity),
      conflicts,
      known.loaded.held.get(record.id) ?? [],
    ),
  };
  for (const field of rules?.entity.fields.keys() ?? []) {
    const cell = rules === undefined ? null : cellOf(rules, record, link, field, context);
    if (cell !== null) cells[field] = cell;
  }
  return {
    link,
    delivery: known.deliveries.find((one) => one.link === link.id) ?? null,
    sending: known.sending.has(link.id),
    cells,
  };
}

/** In the map's order of bindings; rows of the past behind the present one of their place. */
function byPlace(map: CompiledMap) {
  const order = [...map.bindings.keys()];
  const rank = ({ binding, state }: LinkState) => {
    const place = order.indexOf(binding);
    const past = state === "live" || state === "pending" ? 0 : 1;
    return past * 1_000 + (place < 0 ? 999 : place);
  };
  return (a: LinkState, b: LinkState) => rank(a) - rank(b) || (a.id < b.id ? -1 : 1);
}
