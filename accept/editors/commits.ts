import type { EntityName, JournalEntry, SystemName } from "../checker/journal.ts";
import type { Systems } from "../stage/sandbox-stage.ts";

/** One commit that a person makes in one system, and what it means in the common form. */
export type Commit = {
  readonly system: SystemName;
  readonly entity: EntityName;
  readonly key: string;
  readonly field: string;
  readonly value: string;
  readonly kind: "set" | "delta";
};

/**
 * The statement per system, entity and field. $1 is the value, $2 the key; a value that stands
 * there already changes no row, and then there was no edit.
 */
const STATEMENTS: Readonly<Record<string, string>> = {
  "erp product name": "update products set description = $1 where product_no = $2",
  "erp product price": `update products set net_price = $1::numeric where product_no = $2
    and net_price is distinct from $1::numeric`,
  "erp product stock": "update products set stock_qty = stock_qty + $1::int where product_no = $2",
  "erp product status": `update products set status = $1 where product_no = $2 and status <> $1`,
  "erp product origin": `update products set origin = $1 where product_no = $2
    and origin is distinct from $1`,
  "shop product name": "update items set title = $1 where sku = $2",
  "shop product price": `update items set price_cents = ($1::numeric * 100)::bigint where sku = $2
    and price_cents is distinct from ($1::numeric * 100)::bigint`,
  "shop product stock": "update items set inventory = inventory + $1::int where sku = $2",
  "shop product status": "update items set state = $1 where sku = $2 and state <> $1",
  "shop product origin": `update items set origin_iso = $1 where sku = $2
    and origin_iso is distinct from $1`,
  "crm product name": "update catalogue set name = $1 where code = $2",
  "crm product price": `update catalogue set list_price = $1::numeric where code = $2
    and list_price is distinct from $1::numeric`,
  "erp customer phone": "update customers set phone = $1 where lower(email) = $2",
  "erp customer family": `update customers set full_name = regexp_replace(full_name, '\\S+$', $1)
    where lower(email) = $2`,
  "shop customer phone": "update accounts set phone = $1 where lower(email) = $2",
  "shop customer family": "update accounts set last_name = $1 where lower(email) = $2",
  "crm customer phone": "update contacts set phone = $1 where lower(mail) = $2",
  "crm customer family": "update contacts set family_name = $1 where lower(mail) = $2",
};

/** How a system writes what the common form calls otherwise. */
const SPELLINGS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "erp status": { active: "A", "on-hold": "H", discontinued: "D" },
  "shop status": { active: "active", "on-hold": "paused", discontinued: "ended" },
  "erp origin": { DE: "Germany", FR: "France", IT: "Italy", ES: "Spain", PL: "Poland" },
};

/** Values that `status` and `origin` can be set to. */
export const STATUSES = ["active", "on-hold", "discontinued"] as const;
export const ORIGINS = ["DE", "FR", "IT", "ES", "PL"] as const;

/** Makes one commit and tells what an editor's journal says of it; null when nothing changed. */
export async function makeCommit(systems: Systems, commit: Commit): Promise<JournalEntry | null> {
  const { system, entity, key, field, value } = commit;
  const statement = STATEMENTS[`${system} ${entity} ${field}`];
  if (statement === undefined) throw new Error(`Nobody edits ${field} of ${entity} in ${system}.`);
  const spelled = SPELLINGS[`${system} ${field}`]?.[value] ?? value;
  const startedAt = Date.now();
  const { count } = await systems[system].unsafe(statement, [spelled, key]);
  return count === 0 ? null : { ...commit, startedAt, endedAt: Date.now() };
}
