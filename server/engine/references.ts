import type { Transaction } from "../../db/client.ts";
import type { BindingId, EntityId, RecordId } from "../core/ids.ts";
import type { NamedRow } from "../core/mapping/compile-binding.ts";
import { NOBODY, type Refer, SHARED } from "../core/mapping/refer.ts";
import { isNaming } from "../core/mapping/row-naming.ts";
import type { BindingRules, CompiledMap } from "../core/plan/compile-map.ts";
import type { NameHolder } from "../core/reconcile/row-names.ts";
import type { Attempt, Base, HubValue, RecordState } from "../core/reconcile/state.ts";
import { rowKey } from "../core/reconcile/world.ts";
import type { FieldValue } from "../core/values/field-value.ts";
import type { LoadedRecords } from "../storage/load-records.ts";
import { findHeirs, findPlaces, type PlaceOfRecord } from "../storage/references.ts";
import { findNameHolders } from "../storage/row-names.ts";
import { findLinkedRows } from "../storage/world.ts";

/** The rules of what was loaded, as far as references need them. */
export type RulesOf = Pick<CompiledMap, "referredTo" | "namings"> & {
  readonly bindings: ReadonlyMap<BindingId, Pick<BindingRules, "mapping">>;
  readonly entities: ReadonlyMap<EntityId, Pick<BindingRules["entity"], "references">>;
};

/** By `rowKey`: whose rows have a key, or a name of another space. */
export type NamedRecords = ReadonlyMap<string, readonly NameHolder[]>;

const NONE: NamedRecords = new Map();

/** The records that these rows are by now, each merged one as the record that it went into. */
export async function findNamed(tx: Transaction, rows: readonly NamedRow[]): Promise<NamedRecords> {
  if (rows.length === 0) return NONE;
  const refs = new Map(rows.map((row) => [rowKey(row.binding, row.externalId), row]));
  const [named, keyed] = partition([...refs.values()], ({ binding }) => isNaming(binding));
  const names = named.map(({ binding, externalId }) => ({ space: binding, name: externalId }));
  const [found, holders] = await Promise.all([
    findLinkedRows(tx, keyed),
    findNameHolders(tx, names),
  ]);
  const all = new Map<string, readonly NameHolder[]>(holders);
  for (const [key, record] of found) all.set(key, [{ link: null, record }]);
  const heirs = await findHeirs(tx, [
    ...new Set([...all.values()].flat().map(({ record }) => record)),
  ]);
  if (heirs.size === 0) return all;
  const now = (one: NameHolder) => ({ ...one, record: heirs.get(one.record) ?? one.record });
  return new Map([...all].map(([key, of]) => [key, of.map(now)]));
}

function partition<T>(all: readonly T[], isIn: (one: T) => boolean): [T[], T[]] {
  return [all.filter(isIn), all.filter((one) => !isIn(one))];
}

/** Reads references to rows, and to nothing else. */
export function referTo(named: NamedRecords): Refer {
  if (named.size === 0) return NOBODY;
  return { ...NOBODY, recordOf: (space, name) => soleOf(named.get(rowKey(space, name))) };
}

function soleOf(holders: readonly NameHolder[] = []): RecordId | typeof SHARED | undefined {
  const records = new Set(holders.map(({ record }) => record));
  const [only] = records;
  return records.size > 1 ? SHARED : only;
}

/** What references stand in: records, and the bases of their links. */
type Referring = Pick<LoadedRecords, "links"> & {
  readonly records: ReadonlyMap<RecordId, Pick<RecordState, "entity" | "values">>;
};

export type Led<Loaded> = {
  readonly loaded: Loaded;
  readonly refer: Refer;
  readonly named: NamedRecords;
};

type Asked = {
  readonly rules: RulesOf;
  /** Rows that others name, as far as they are known already. */
  readonly named: NamedRecords;
  /** Where the records that are referred to have their rows is asked too: for writing. */
  readonly places: boolean;
};

/**
 * Finds whom the references of loaded records and links lead to. A reference to a record that was
 * merged into another one is loaded as one to that: the two mean the same.
 */
export async function leadOn<Loaded extends Referring>(
  tx: Transaction,
  loaded: Loaded,
  asked: Asked,
): Promise<Led<Loaded>> {
  if (asked.rules.referredTo.size === 0) return { loaded, refer: NOBODY, named: NONE };
  const fields = new Fields(asked.rules);
  const ids = fields.idsIn(loaded);
  const rows = fields.rowsNamedIn(loaded);
  if (ids.size === 0 && rows.length === 0 && asked.named.size === 0) {
    return { loaded, refer: NOBODY, named: NONE };
  }
  const unknown = rows.filter((row) => !asked.named.has(rowKey(row.binding, row.externalId)));
  const [more, heirs] = await Promise.all([findNamed(tx, unknown), findHeirs(tx, [...ids])]);
  const named = new Map([...asked.named, ...more]);
  const led = heirs.size === 0 ? loaded : fields.withHeirs(loaded, heirs);
  if (!asked.places) return { loaded: led, refer: referTo(named), named };
  const places = await findNames(tx, [...fields.idsIn(led)], asked.rules.namings);
  const refer: Refer = {
    recordOf: (space, name) => soleOf(named.get(rowKey(space, name))),
    rowOf: (space, record) => places.get(rowKey(space, record)) ?? undefined,
    isComing: (space, record) => places.get(rowKey(space, record)) === null,
  };
  return { loaded: led, refer, named };
}

/** By `rowKey` of space and record: how its row is named there; null while that is to come. */
async function findNames(
  tx: Transaction,
  records: readonly string[],
  namings: RulesOf["namings"],
): Promise<Map<string, string | typeof SHARED | null>> {
  const bindings = [...namings.values()].map(({ binding }) => binding);
  const places = await findPlaces(tx, records, bindings);
  const names = new Map<string, string | typeof SHARED | null>();
  for (const { binding, record, externalId } of places) {
    names.set(rowKey(binding, record), externalId);
  }
  const named = namedPlaces(places, namings);
  for (const { at, spelled } of named) if (spelled !== undefined) names.set(at, spelled);
  const looked = named.filter((one) => one.name !== null);
  const holders = await findNameHolders(
    tx,
    looked.map(({ space, name }) => ({ space, name: name ?? "" })),
  );
  for (const { space, name, at } of looked) {
    if ((holders.get(rowKey(space, name ?? "")) ?? []).length > 1) names.set(at, SHARED);
  }
  return names;
}

/** Per place and naming of it: its name as it is spelled and looked for. */
function namedPlaces(places: readonly PlaceOfRecord[], namings: RulesOf["namings"]) {
  return places.flatMap(({ binding, record, externalId, columns }) =>
    [...(columns === null ? [] : namings.values())]
      .filter((naming) => naming.binding === binding)
      .map(({ space, nameOf, keyOf }) => {
        const at = rowKey(space, record);
        // A row that has just been made has not told its name yet.
        const told = externalId === null ? undefined : nameOf(columns ?? {});
        if (told === undefined) return { at, space, spelled: null, name: null };
        return told === null
          ? { at, space, spelled: undefined, name: null }
          : { at, space, spelled: told, name: keyOf(told) };
      }),
  );
}

/** The intents with every record that they carried as it is now. */
export async function sentAsNow(
  tx: Transaction,
  attempts: Map<string, Attempt>,
  rules: RulesOf,
  of: ReadonlyMap<RecordId, RecordState>,
): Promise<Map<string, Attempt>> {
  if (rules.referredTo.size === 0) return attempts;
  const fields = new Fields(rules);
  const entityOf = (attempt: Attempt) =>
    of.get((attempt as Attempt & { record: RecordId }).record)?.entity;
  const ids = [...attempts.values()].flatMap((attempt) =>
    fields.of(entityOf(attempt)).flatMap((field) => idOf(attempt.sent[field]) ?? []),
  );
  const heirs = await findHeirs(tx, ids);
  if (heirs.size === 0) return attempts;
  return new Map(
    [...attempts].map(([key, attempt]) => {
      const sent = { ...attempt.sent };
      for (const field of fields.of(entityOf(attempt))) {
        const heir = heirs.get(idOf(sent[field]) ?? "");
        if (heir !== undefined) sent[field] = heir;
      }
      return [key, { ...attempt, sent }];
    }),
  );
}

const idOf = (value: FieldValue | undefined): string | undefined =>
  typeof value === "string" && value !== "" ? value : undefined;

/** Where references stand in what is loaded. */
class Fields {
  readonly #rules: RulesOf;

  constructor(rules: RulesOf) {
    this.#rules = rules;
  }

  of(entity: EntityId | undefined): readonly string[] {
    const references =
      entity === undefined ? undefined : this.#rules.entities.get(entity)?.references;
    return references === undefined || references.size === 0 ? [] : [...references.keys()];
  }

  idsIn({ records, links }: Referring): Set<string> {
    const ids = new Set<string>();
    for (const record of records.values()) {
      for (const field of this.of(record.entity)) add(ids, record.values[field]?.v);
    }
    for (const link of links.values()) {
      for (const field of this.of(records.get(link.record)?.entity)) {
        add(ids, link.bases[field]?.s);
        add(ids, link.bases[field]?.g);
      }
    }
    return ids;
  }

  rowsNamedIn({ links }: Referring): NamedRow[] {
    const rows: NamedRow[] = [];
    for (const { binding, columns, state } of links.values()) {
      const mapping = this.#rules.bindings.get(binding)?.mapping;
      if (mapping === undefined || mapping.references.length === 0 || state !== "live") continue;
      rows.push(...mapping.namedRows(columns, null));
    }
    return rows;
  }

  withHeirs<Loaded extends Referring>(loaded: Loaded, heirs: Heirs): Loaded {
    const records = new Map(
      [...loaded.records].map(([id, record]) => {
        const values = this.#ledOn(record.entity, record.values, (of) => valueNow(of, heirs));
        return [id, { ...record, values }];
      }),
    );
    const links = new Map(
      [...loaded.links].map(([id, link]) => {
        const entity = loaded.records.get(link.record)?.entity;
        return [
          id,
          { ...link, bases: this.#ledOn(entity, link.bases, (of) => baseNow(of, heirs)) },
        ];
      }),
    );
    return { ...loaded, records, links };
  }

  #ledOn<T>(
    entity: EntityId | undefined,
    of: Readonly<Record<string, T>>,
    change: (of: T) => T,
  ): Readonly<Record<string, T>> {
    const changed: Record<string, T> = { ...of };
    for (const field of this.of(entity)) {
      const one = changed[field];
      if (one !== undefined) changed[field] = change(one);
    }
    return changed;
  }
}

type Heirs = ReadonlyMap<string, RecordId>;

const heirOf = (of: FieldValue, heirs: Heirs): FieldValue => heirs.get(idOf(of) ?? "") ?? of;

const valueNow = (of: HubValue, heirs: Heirs): HubValue => ({ ...of, v: heirOf(of.v, heirs) });

const baseNow = (of: Base, heirs: Heirs): Base => ({
  ...of,
  s: heirOf(of.s, heirs),
  ...(of.g === undefined ? {} : { g: heirOf(of.g, heirs) }),
});

function add(ids: Set<string>, of: FieldValue | undefined): void {
  const id = idOf(of);
  if (id !== undefined) ids.add(id);
}
