import type { Transaction } from "../../db/client.ts";
import type { EntityId, LinkId, RecordId } from "../core/ids.ts";
import type { Refer } from "../core/mapping/refer.ts";
import type { CompiledMap, EntityRules } from "../core/plan/compile-map.ts";
import { type Claim, claimsOf } from "../core/reconcile/unique.ts";
import type { FieldValue } from "../core/values/field-value.ts";
import { waitingUnique } from "../storage/unique-values.ts";
import { claimMatching, findKeyHolders } from "../storage/world.ts";
import { type BoundChange, readOf } from "./observe.ts";

/** Who has the unique values that rows tell, and who waits for one. */
export type UniqueEvidence = {
  readonly keyHolders: ReadonlyMap<string, readonly RecordId[]>;
  readonly wanting: ReadonlyMap<string, readonly LinkId[]>;
  /** Records of which a value waits: they may go on by these rows. */
  readonly records: readonly RecordId[];
};

const NOTHING: UniqueEvidence = { keyHolders: new Map(), wanting: new Map(), records: [] };

/**
 * Looks up whoever has the unique values of these rows: in sets, under a claim, so that two engines
 * cannot both find nobody. No round trip where no value is unique.
 */
export async function loadUnique(
  tx: Transaction,
  map: CompiledMap,
  rows: readonly BoundChange[],
  refer: Refer,
): Promise<UniqueEvidence> {
  const concerned = rows.filter(({ rules }) => rules.entity.unique.length > 0);
  if (concerned.length === 0) return NOTHING;
  const entities = [...new Set(concerned.map(({ rules }) => rules.binding.entity))];
  await claimMatching(tx, entities);
  const { wanting, claims, records } = await loadWanting(tx, map, entities);
  const told = concerned.flatMap(({ rules, change }) => {
    if (change.kind === "gone") return [];
    const { fields } = rules.mapping.forward(readOf(rules, change.columns), null, refer);
    return claimsOf(rules.entity, (field) => fields[field]);
  });
  return { keyHolders: await holdersOf(tx, [...claims, ...told]), wanting, records };
}

/** Who waits for a unique value of these entities, by its key. */
export async function loadWanting(
  tx: Transaction,
  map: CompiledMap,
  entities: readonly string[],
): Promise<Pick<UniqueEvidence, "wanting" | "records"> & { readonly claims: readonly Claim[] }> {
  const wanting = new Map<string, LinkId[]>();
  const claims: Claim[] = [];
  const records = new Set<RecordId>();
  for (const { link, record, entity, field, value } of await waitingUnique(tx, entities)) {
    const rules = map.entities.get(entity as EntityId);
    for (const claim of rules === undefined ? [] : ofField(rules, field, value)) {
      claims.push(claim);
      records.add(record);
      wanting.set(claim.place, [...(wanting.get(claim.place) ?? []), link]);
    }
  }
  return { wanting, claims, records: [...records] };
}

const ofField = (rules: EntityRules, field: string, value: FieldValue): Claim[] =>
  claimsOf(rules, (name) => (name === field ? value : null));

/** Which records have these keys. */
export async function holdersOf(
  tx: Transaction,
  claims: readonly Claim[],
): Promise<Map<string, RecordId[]>> {
  const keys = [...new Map(claims.map(({ place, ...key }) => [place, key])).values()];
  return await findKeyHolders(tx, keys);
}
