import { assert, present } from "../../core/assert.ts";
import type { NativeType } from "./codec.ts";
import type { Query } from "./connection.ts";

/** A type with its domains resolved: `modifier`, required and default are what they add. */
export type ResolvedType = {
  readonly native: NativeType;
  readonly modifier: number;
  readonly isRequired: boolean;
  readonly hasDefault: boolean;
};

type TypeRow = {
  readonly oid: number;
  readonly name: string;
  readonly isBuiltin: boolean;
  readonly cast: string;
  readonly kind: string;
  readonly base: number;
  readonly modifier: number;
  readonly required: boolean;
  readonly hasDefault: boolean;
  readonly item: number;
  readonly delimiter: string;
  readonly labels: readonly string[] | null;
};

/** Reads the types with these oids, and those that they stand on. */
export async function nativeTypesOf(
  query: Query,
  oids: readonly number[],
): Promise<Map<number, ResolvedType>> {
  const rows = await query(
    `with recursive needed(oid) as (
       select unnest($1::oid[])
       union
       select x.oid from needed n join pg_type t on t.oid = n.oid
         cross join lateral (values (t.typbasetype), (t.typelem)) as x(oid)
         where x.oid <> 0
     )
     select json_build_object('oid', t.oid::bigint, 'name', t.typname,
       'isBuiltin', s.nspname = 'pg_catalog', 'cast', format_type(t.oid, -1), 'kind', t.typtype,
       'base', t.typbasetype::bigint, 'modifier', t.typtypmod, 'required', t.typnotnull,
       'hasDefault', t.typdefault is not null,
       'item', case when t.typcategory = 'A' then t.typelem::bigint else 0 end,
       'delimiter', coalesce(i.typdelim, ','),
       'labels', (select json_agg(e.enumlabel order by e.enumsortorder)
                  from pg_enum e where e.enumtypid = t.oid))
     from needed n join pg_type t on t.oid = n.oid
       join pg_namespace s on s.oid = t.typnamespace
       left join pg_type i on i.oid = t.typelem and t.typcategory = 'A'`,
    [oids],
  );
  const byOid = new Map<number, TypeRow>();
  for (const [text] of rows) {
    const row = JSON.parse(text ?? "null") as TypeRow;
    byOid.set(row.oid, row);
  }
  const known = oids.filter((oid) => byOid.has(oid));
  return new Map(known.map((oid) => [oid, resolve(oid, byOid)]));
}

function resolve(oid: number, byOid: ReadonlyMap<number, TypeRow>): ResolvedType {
  const row = present(byOid.get(oid), `Type ${oid} was read with those that stand on it.`);
  if (row.kind === "d") {
    assert(row.base !== oid, "A domain does not stand on itself.");
    const base = resolve(row.base, byOid);
    return {
      native: base.native,
      modifier: row.modifier === -1 ? base.modifier : row.modifier,
      isRequired: row.required || base.isRequired,
      hasDefault: row.hasDefault || base.hasDefault,
    };
  }
  const native: NativeType = {
    builtin: row.isBuiltin ? row.name : null,
    cast: row.cast,
    labels: row.labels,
    item: row.item === 0 ? null : resolve(row.item, byOid).native,
    delimiter: row.delimiter,
  };
  return { native, modifier: -1, isRequired: false, hasDefault: false };
}
