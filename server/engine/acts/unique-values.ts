import type { Transaction } from "../../../db/client.ts";
import type { RecordId } from "../../core/ids.ts";
import type { Field } from "../../core/map/document.ts";
import type { Refer } from "../../core/mapping/refer.ts";
import type { CompiledMap } from "../../core/plan/compile-map.ts";
import { claimsOf } from "../../core/reconcile/unique.ts";
import type { World } from "../../core/reconcile/world.ts";
import type { FieldValue } from "../../core/values/field-value.ts";
import { quoteValue } from "../../core/values/format-value.ts";
import { claimMatching } from "../../storage/world.ts";
import { holdersOf } from "../unique-evidence.ts";

/**
 * Keeps everybody else from taking a unique value until the transaction ends; before records are
 * locked, as whoever reads a system does.
 */
export async function claimUnique(tx: Transaction, map: CompiledMap): Promise<void> {
  const unique = [...map.entities].filter(([, rules]) => rules.unique.length > 0);
  if (unique.length === 0) return;
  await claimMatching(
    tx,
    unique.map(([id]) => id),
  );
}

/** Who has the unique values that the rows of these records tell. */
export async function holdersOfRows(
  tx: Transaction,
  map: CompiledMap,
  { records, links }: Pick<World, "records" | "links">,
  refer: Refer,
): Promise<Map<string, RecordId[]>> {
  const claims = [...links.values()].flatMap((link) => {
    const rules = map.bindings.get(link.binding);
    if (link.state !== "live" || rules === undefined || rules.entity.unique.length === 0) return [];
    const { fields } = rules.mapping.forward(link.columns, null, refer);
    return claimsOf(rules.entity, (field) => fields[field]);
  });
  return claims.length === 0 || records.size === 0 ? new Map() : await holdersOf(tx, claims);
}

/** Why a person may not enter a value: another record has it. Null where none has, or may. */
export async function takenValue(
  { tx, map }: { readonly tx: Transaction; readonly map: CompiledMap },
  field: Field,
  of: { readonly entity: string; readonly record: RecordId; readonly value: FieldValue },
): Promise<{ readonly code: string; readonly message: string } | null> {
  const rules = map.entities.get(of.entity as never);
  const rule = rules?.unique.find((one) => one.field === field.id);
  if (rules === undefined || rule === undefined || rule.severity === "warn") return null;
  const claims = claimsOf(rules, (name) => (name === field.id ? of.value : null));
  const holders = [...(await holdersOf(tx, claims)).values()].flat();
  if (holders.every((id) => id === of.record)) return null;
  return { code: "unique", message: `Another record has ${quoteValue(of.value)} already.` };
}
