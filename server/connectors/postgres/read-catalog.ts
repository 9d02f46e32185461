import type { ColumnSchema, ObjectSchema } from "../../core/map/object-schema.ts";
import type { Column, Table } from "./catalog.ts";
import { codecOf } from "./codec.ts";
import type { Query } from "./connection.ts";
import { nativeTypesOf, type ResolvedType } from "./native-types.ts";
import { quoteName } from "./sql.ts";

export type CatalogFilter = {
  /** Only tables of these schemas; all but the system's own when missing. */
  readonly schemas?: readonly string[] | undefined;
  /** Only these objects: "public.products". */
  readonly names?: readonly string[];
};

/**
 * The tables and views of a database that its user may see, in the order of their names.
 * Partitions are left out: their table stands for them.
 */
export async function readTables(query: Query, filter: CatalogFilter): Promise<Table[]> {
  const relations = await readRelations(query, filter);
  if (relations.length === 0) return [];
  const oids = relations.map((relation) => relation.oid);
  const [columns, indexes, constraints] = [
    await readColumns(query, oids),
    await readIndexes(query, oids),
    await readConstraints(query, oids),
  ];
  const typeOids = new Set(columns.map((column) => column.typeOid));
  const types = await nativeTypesOf(query, [...typeOids]);
  const byTable = {
    columns: Map.groupBy(columns, (column) => column.table),
    indexes: Map.groupBy(indexes, (index) => index.table),
    constraints: Map.groupBy(constraints, (constraint) => constraint.table),
  };
  return relations.map((relation) =>
    tableOf(relation, {
      columns: byTable.columns.get(relation.oid) ?? [],
      indexes: byTable.indexes.get(relation.oid) ?? [],
      constraints: byTable.constraints.get(relation.oid) ?? [],
      types,
    }),
  );
}

type RelationRow = {
  readonly oid: number;
  readonly schema: string;
  readonly name: string;
  readonly kind: "r" | "p" | "v" | "m";
  readonly persistence: "p" | "u" | "t";
  readonly identity: "d" | "n" | "f" | "i";
  readonly estimate: number;
  readonly comment: string | null;
};

async function readRelations(query: Query, filter: CatalogFilter): Promise<RelationRow[]> {
  const rows = await query(
    `select json_build_object('oid', c.oid::bigint, 'schema', n.nspname, 'name', c.relname,
       'kind', c.relkind, 'persistence', c.relpersistence, 'identity', c.relreplident,
       'estimate', c.reltuples, 'comment', obj_description(c.oid, 'pg_class'))
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p', 'v', 'm') and not c.relispartition
       and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
       and has_schema_privilege(n.oid, 'usage')
       and ($1::text[] is null or n.nspname = any ($1))
       and ($2::text[] is null or n.nspname || '.' || c.relname = any ($2))
     order by n.nspname collate "C", c.relname collate "C"`,
    [filter.schemas ?? null, filter.names ?? null],
  );
  return parsed<RelationRow>(rows);
}

type ColumnRow = {
  readonly table: number;
  readonly name: string;
  readonly typeOid: number;
  readonly modifier: number;
  readonly native: string;
  readonly required: boolean;
  readonly hasDefault: boolean;
  readonly identity: "" | "a" | "d";
  readonly generated: "" | "s" | "v";
  readonly exact: boolean | null;
  readonly comment: string | null;
};

async function readColumns(query: Query, oids: readonly number[]): Promise<ColumnRow[]> {
  const rows = await query(
    `select json_build_object('table', a.attrelid::bigint, 'name', a.attname,
       'typeOid', a.atttypid::bigint, 'modifier', a.atttypmod,
       'native', format_type(a.atttypid, a.atttypmod), 'required', a.attnotnull,
       'hasDefault', a.atthasdef or a.attidentity <> '', 'identity', a.attidentity,
       'generated', a.attgenerated, 'exact', l.collisdeterministic,
       'comment', col_description(a.attrelid, a.attnum))
     from pg_attribute a left join pg_collation l on l.oid = a.attcollation
     where a.attrelid = any ($1::oid[]) and a.attnum > 0 and not a.attisdropped
     order by a.attrelid, a.attnum`,
    [oids],
  );
  return parsed<ColumnRow>(rows);
}

type IndexRow = {
  readonly table: number;
  readonly name: string;
  readonly primary: boolean;
  readonly identity: boolean;
  /** Unique for every row at every moment, and all its columns are required. */
  readonly isKey: boolean;
  readonly columns: readonly string[];
};

async function readIndexes(query: Query, oids: readonly number[]): Promise<IndexRow[]> {
  const rows = await query(
    `select json_build_object('table', i.indrelid::bigint, 'name', min(c.relname::text),
       'primary', i.indisprimary, 'identity', i.indisreplident,
       'isKey', i.indimmediate and bool_and(a.attnotnull),
       'columns', json_agg(a.attname order by k.place))
     from pg_index i join pg_class c on c.oid = i.indexrelid
       cross join lateral unnest(i.indkey::int2[]) with ordinality as k(attnum, place)
       join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
     where i.indrelid = any ($1::oid[]) and i.indisunique and i.indisvalid
       and i.indpred is null and i.indexprs is null and k.place <= i.indnkeyatts
     group by i.indexrelid, i.indrelid, i.indisprimary, i.indisreplident, i.indimmediate
     order by i.indexrelid`,
    [oids],
  );
  return parsed<IndexRow>(rows);
}

type ConstraintRow = {
  readonly table: number;
  readonly name: string;
  readonly columns: readonly string[];
  readonly object: string | null;
  readonly targets: readonly string[] | null;
};

async function readConstraints(query: Query, oids: readonly number[]): Promise<ConstraintRow[]> {
  const columnsOf = (table: string, keys: string): string =>
    `(select json_agg(a.attname order by k.place)
      from unnest(${keys}) with ordinality as k(attnum, place)
      join pg_attribute a on a.attrelid = ${table} and a.attnum = k.attnum)`;
  const rows = await query(
    `select json_build_object('table', o.conrelid::bigint, 'name', o.conname,
       'columns', coalesce(${columnsOf("o.conrelid", "o.conkey")}, '[]'::json),
       'object', n.nspname || '.' || c.relname,
       'targets', ${columnsOf("o.confrelid", "o.confkey")})
     from pg_constraint o
       left join pg_class c on c.oid = o.confrelid and o.contype = 'f'
       left join pg_namespace n on n.oid = c.relnamespace
     where o.conrelid = any ($1::oid[]) and o.contype in ('c', 'f', 'u', 'p', 'x')
     order by o.oid`,
    [oids],
  );
  return parsed<ConstraintRow>(rows);
}

function parsed<Row>(rows: readonly (readonly (string | null)[])[]): Row[] {
  return rows.map((row) => JSON.parse(row[0] ?? "null") as Row);
}

type Parts = {
  readonly columns: readonly ColumnRow[];
  readonly indexes: readonly IndexRow[];
  readonly constraints: readonly ConstraintRow[];
  readonly types: ReadonlyMap<number, ResolvedType>;
};

function tableOf(relation: RelationRow, parts: Parts): Table {
  const name = `${relation.schema}.${relation.name}`;
  const isView = isViewKind(relation);
  const { obstacle, key } = keyOf(relation, parts.indexes);
  const described = parts.columns.map((column) => describeColumn(column, parts.types, isView));
  const columns = described.map(({ column }) => column);
  const columnByName = new Map(columns.map((column) => [column.name, column]));
  const constraints = new Map([
    ...parts.indexes.map((index) => [index.name, index.columns] as const),
    ...parts.constraints.map((constraint) => [constraint.name, constraint.columns] as const),
  ]);
  const schema: ObjectSchema = {
    name,
    kind: isView ? "view" : "table",
    ...commentOf(relation.comment, obstacle),
    key: [...key],
    columns: described.map((one) => one.schema),
    uniques: uniquesOf(parts.indexes, key),
    references: parts.constraints.flatMap(({ object, targets, columns: from }) =>
      object === null ? [] : [{ columns: [...from], object, targets: [...(targets ?? [])] }],
    ),
    ...(relation.estimate >= 0 && !isView ? { rowsEstimate: relation.estimate } : {}),
  };
  return {
    oid: relation.oid,
    name,
    sqlName: `${quoteName(relation.schema)}.${quoteName(relation.name)}`,
    columns,
    columnByName,
    key: key.flatMap((column) => columnByName.get(column) ?? []),
    obstacle,
    constraints,
    schema,
  };
}

function commentOf(comment: string | null, obstacle: string | null): { comment?: string } {
  const parts = [comment, obstacle].filter((part) => part !== null && part !== "");
  return parts.length === 0 ? {} : { comment: parts.join("\n") };
}

type Key = { readonly key: readonly string[]; readonly obstacle: string | null };

/**
 * The columns that name a row. The log names a changed row by the table's replica identity, and
 * we do not alter that; publishing a table without one would even make its owner's updates fail.
 */
function keyOf(relation: RelationRow, indexes: readonly IndexRow[]): Key {
  if (isViewKind(relation)) return noKey("A view has no key of its own.");
  if (relation.persistence !== "p") return noKey("An unlogged table does not tell its changes.");
  const primary = indexes.find((index) => index.primary);
  const unique = indexes.find((index) => index.isKey);
  switch (relation.identity) {
    case "i": {
      const identity = indexes.find((index) => index.identity);
      return keyBy(identity, "Its replica identity is an index that is gone.");
    }
    case "n":
      return noKey("Its replica identity is NOTHING, so its log does not name changed rows.");
    case "f":
      return keyBy(primary ?? unique, "It has no primary key and no unique required columns.");
    case "d":
      return keyBy(primary, `It has no primary key.${wayOut(unique)}`);
  }
}

function isViewKind(relation: RelationRow): boolean {
  return relation.kind === "v" || relation.kind === "m";
}

function keyBy(index: IndexRow | undefined, obstacle: string): Key {
  return index === undefined ? noKey(obstacle) : { key: index.columns, obstacle: null };
}

function noKey(obstacle: string): Key {
  return { key: [], obstacle };
}

function wayOut(unique: IndexRow | undefined): string {
  if (unique === undefined) return "";
  const index = quoteName(unique.name);
  return ` Its owner can let ${index} stand for one: alter table … replica identity using index ${index}.`;
}

function uniquesOf(indexes: readonly IndexRow[], key: readonly string[]): string[][] {
  return indexes
    .map((index) => [...index.columns])
    .filter((columns) => columns.join("\0") !== key.join("\0"));
}

function describeColumn(
  row: ColumnRow,
  types: ReadonlyMap<number, ResolvedType>,
  isView: boolean,
): { readonly column: Column; readonly schema: ColumnSchema } {
  const type = types.get(row.typeOid) ?? UNKNOWN_TYPE;
  const codec = codecOf(type.native, row.exact ?? true);
  const { builtin, labels } = type.native;
  const isReadOnly = isView || row.generated !== "" || row.identity === "a";
  const column: Column = {
    name: row.name,
    sqlName: quoteName(row.name),
    typeOid: row.typeOid,
    modifier: row.modifier,
    codec,
    isReadOnly,
    isLogged: row.generated === "",
  };
  const schema: ColumnSchema = {
    name: row.name,
    type: codec.type,
    nativeType: row.native,
    nullable: !row.required && !type.isRequired,
    hasDefault: row.hasDefault || type.hasDefault,
    readOnly: isReadOnly,
    ...limitsOf(builtin, row.modifier === -1 ? type.modifier : row.modifier),
    ...(labels === null ? {} : { values: [...labels] }),
    ...(IGNORES_CASE.test(row.native) ? { ignoresCase: true } : {}),
    ...columnComment(row, builtin),
  };
  return { column, schema };
}

/** The type of an extension, in whichever schema that is. */
const IGNORES_CASE = /(^|\.)citext$/;

/** A type that was dropped between two looks. */
const UNKNOWN_TYPE: ResolvedType = {
  native: { builtin: null, cast: "text", labels: null, item: null, delimiter: "," },
  modifier: -1,
  isRequired: false,
  hasDefault: false,
};

function columnComment(row: ColumnRow, builtin: string | null): { comment?: string } {
  const zone = "Has no time zone: its values are taken for UTC.";
  return commentOf(row.comment, builtin === "timestamp" ? zone : null);
}

const INTEGER_BITS: Readonly<Record<string, bigint>> = { int2: 16n, int4: 32n, int8: 64n };

type Limits = Pick<ColumnSchema, "lengthMax" | "precision" | "scale" | "min" | "max">;

/** What the type's name says of its values; a modifier is 4 more than what it stands for. */
function limitsOf(builtin: string | null, modifier: number): Limits {
  const bits = builtin === null ? undefined : INTEGER_BITS[builtin];
  if (bits !== undefined) {
    const half = 1n << (bits - 1n);
    return { min: String(-half), max: String(half - 1n) };
  }
  if (modifier < 4) return {};
  const limit = modifier - 4;
  if (builtin === "varchar" || builtin === "bpchar") return { lengthMax: limit };
  if (builtin !== "numeric") return {};
  // The scale is a signed number of 11 bits.
  return { precision: (limit >> 16) & 0xffff, scale: ((limit & 0x7ff) ^ 1024) - 1024 };
}
