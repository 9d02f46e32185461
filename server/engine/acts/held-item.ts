import type { AuditEntry, Cause, Loser } from "../../core/audit/audit-entry.ts";
import type { RecordId } from "../../core/ids.ts";
import type { Changes } from "../../core/reconcile/world.ts";
import { endEmptied } from "../../storage/mass-changes.ts";
import { notify } from "../../storage/notify.ts";
import {
  endItems,
  findItems,
  type QuarantineState,
  type StoredItem,
} from "../../storage/quarantine.ts";
import type { Scene } from "./act-world.ts";
import type { ActContext } from "./context.ts";

/** It is held no more, or never was. Nothing was done. */
export type NotHeld =
  | { readonly kind: "settled"; readonly state: QuarantineState }
  | { readonly kind: "unknown" };

/** A held item; read it again once what it is about is locked, somebody may have been faster. */
export async function findHeld(scene: Scene, id: string): Promise<StoredItem | NotHeld> {
  const [item] = await findItems(scene.tx, [id]);
  if (item === undefined) return { kind: "unknown" };
  return item.state === "held" ? item : { kind: "settled", state: item.state };
}

/** Ends an item by a person's act. */
export async function endItem(
  ctx: ActContext,
  scene: Scene,
  item: StoredItem,
  end: { readonly state: "released" | "dismissed"; readonly note: string | null },
): Promise<void> {
  await endItems(scene.tx, [item.id], { ...end, by: ctx.person, at: scene.now });
  const isAsked = await endEmptied(scene.tx, item.system, scene.now);
  await notify(scene.tx, isAsked ? ["quarantine", "runs"] : ["quarantine"]);
}

/**
 * Adds the audit line of letting an item go, or of holding it again. The line of a row that never
 * had a record names none; what its columns held is among the losers, for nothing else keeps it.
 */
export function withLine(
  scene: Scene,
  item: StoredItem,
  changes: Changes,
  told: Pick<Cause, "command" | "detail">,
  kind: "released" | "quarantined" = "released",
): Changes {
  const record = item.record ?? recordOfRow(changes, item);
  const { link, system, field } = item;
  const lost = lostValue(item, told.command);
  const line: AuditEntry = {
    kind,
    actor: scene.person,
    entity: item.entity,
    record,
    link,
    system,
    field,
    ...(lost === undefined ? {} : { losers: [lost] }),
    rule: "person",
    cause: { quarantine: item.id, ...told },
  };
  return { ...changes, audit: [...changes.audit, line] };
}

function lostValue(
  { kind, system, value, columns }: StoredItem,
  command: string | undefined,
): Loser | undefined {
  if (kind === "delivery") return value === undefined ? undefined : { from: "hub", value };
  const from = `system:${system}`;
  if (kind === "value") return value === undefined ? undefined : { from, value };
  // A row that passes has lost nothing.
  const isLost = command === "dismiss" && columns !== null;
  return isLost ? { from, value: JSON.stringify(columns) } : undefined;
}

/** The record that a row which waited as a whole became a part of. */
function recordOfRow(changes: Changes, item: StoredItem): RecordId | null {
  for (const link of changes.links.values()) {
    if (link.binding === item.binding && link.externalId === item.externalId) return link.record;
  }
  return null;
}
