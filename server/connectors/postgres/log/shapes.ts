import type { ObjectSchema } from "../../../core/map/object-schema.ts";
import type { CaptureStart } from "../../connector.ts";
import type { Column, Table } from "../catalog.ts";
import { codecOf } from "../codec.ts";
import type { Query } from "../connection.ts";
import { nativeTypesOf } from "../native-types.ts";
import { readTables } from "../read-catalog.ts";
import type { Reshaped } from "./log-reader.ts";
import { publishedTables } from "./publication.ts";
import type { Relation, RelationMessage } from "./relation.ts";

export type SchemaNews = { readonly object: string; readonly schema: ObjectSchema | null };

/**
 * The shapes of a capture's tables: as the catalog has them, as the hub knows them, and as the
 * log tells its rows, which may be older.
 */
export class Shapes {
  readonly #query: Query;
  readonly #publication: string;
  /** Tables that are read, by their object's name. */
  readonly #tables = new Map<string, Table>();
  /** What was told of each, in the form that is compared. */
  readonly #told = new Map<string, string>();

  constructor(query: Query, publication: string) {
    this.#query = query;
    this.#publication = publication;
  }

  get tables(): readonly Table[] {
    return [...this.#tables.values()];
  }

  /**
   * Finds the tables of a capture. One that is gone, has no key, or was made anew since it was
   * loaded is news of its own and is not read: the others go on.
   */
  async find(start: CaptureStart): Promise<SchemaNews[]> {
    const names = start.objects.map((object) => object.name);
    const found = await readTables(this.#query, { names });
    const byName = new Map(found.map((table) => [table.name, table]));
    const published = await publishedTables(this.#query, this.#publication);
    const news: SchemaNews[] = [];
    for (const object of start.objects) {
      const table = byName.get(object.name);
      const wasRead = object.loadedAt !== null;
      const isAnother = wasRead && published?.has(table?.oid ?? 0) === false;
      const schema = this.#keep(object, isAnother ? undefined : table);
      if (this.#isNews(object.name, schema)) news.push({ object: object.name, schema });
    }
    return news;
  }

  #keep(object: CaptureStart["objects"][number], table: Table | undefined): ObjectSchema | null {
    if (table !== undefined && table.key.length > 0) this.#tables.set(object.name, table);
    const schema = table?.schema ?? null;
    const known = object.schema ?? schema;
    if (known !== null) this.#told.set(object.name, comparable(known));
    return schema;
  }

  /** Looks again: what changed in the catalog, of columns that no row has used yet. */
  async look(): Promise<SchemaNews[]> {
    const names = [...this.#tables.keys()];
    const found = await readTables(this.#query, { names });
    const byName = new Map(found.map((table) => [table.name, table]));
    const news: SchemaNews[] = [];
    for (const [object, known] of this.#tables) {
      const table = byName.get(object);
      const schema = table?.oid === known.oid ? table.schema : null;
      if (schema === null) this.#tables.delete(object);
      else if (table !== undefined) this.#tables.set(object, table);
      if (this.#isNews(object, schema)) news.push({ object, schema });
    }
    return news;
  }

  /** The relation behind a message of the log, at once where its shape is the known one. */
  relationOf(message: RelationMessage): Relation | Promise<Reshaped> {
    const table = this.#tables.get(message.name);
    if (table === undefined || table.oid !== message.oid) return unwanted(message);
    if (isSameShape(table, message)) return relationOfTable(table, message);
    return this.#reshape(message);
  }

  async #reshape(message: RelationMessage): Promise<Reshaped> {
    const [table] = await readTables(this.#query, { names: [message.name] });
    const isSame = table?.oid === message.oid;
    if (table !== undefined && isSame) this.#tables.set(message.name, table);
    const schema = isSame ? table.schema : null;
    const news = this.#isNews(message.name, schema) ? { schema } : null;
    if (table !== undefined && isSame && isSameShape(table, message)) {
      return { relation: relationOfTable(table, message), news };
    }
    return { relation: await this.#olderRelation(message, table), news };
  }

  /** Rows in a shape that the table had before: read by the types that the message names. */
  async #olderRelation(message: RelationMessage, table: Table | undefined): Promise<Relation> {
    const oids = [...new Set(message.columns.map((column) => column.typeOid))];
    const types = await nativeTypesOf(this.#query, oids);
    const columns = message.columns.map((column) => {
      const type = types.get(column.typeOid);
      const decode = type === undefined ? asIs : codecOf(type.native).decode;
      return { name: column.name, decode };
    });
    const names = message.columns.map((column) => column.name);
    const places = (table?.key ?? []).map((column) => names.indexOf(column.name));
    const key = places.length > 0 && !places.includes(-1) ? places : keyPlaces(message);
    return { oid: message.oid, name: message.name, isWanted: true, columns, key };
  }

  #isNews(object: string, schema: ObjectSchema | null): boolean {
    const now = schema === null ? "gone" : comparable(schema);
    if (this.#told.get(object) === now) return false;
    this.#told.set(object, now);
    return true;
  }
}

/** What of a schema matters: neither comments nor estimates. */
function comparable(schema: ObjectSchema): string {
  const { comment: _comment, rowsEstimate: _rows, ...rest } = schema;
  const columns = rest.columns.map(({ comment: _, ...column }) => column);
  return JSON.stringify(sorted({ ...rest, columns }));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, member]) => [name, sorted(member)]));
}

function loggedColumns(table: Table): readonly Column[] {
  return table.columns.filter((column) => column.isLogged);
}

function isSameShape(table: Table, message: RelationMessage): boolean {
  const columns = loggedColumns(table);
  return (
    columns.length === message.columns.length &&
    columns.every((column, place) => {
      const told = message.columns[place];
      return (
        told?.name === column.name &&
        told.typeOid === column.typeOid &&
        told.modifier === column.modifier
      );
    })
  );
}

function relationOfTable(table: Table, message: RelationMessage): Relation {
  const columns = loggedColumns(table);
  return {
    oid: message.oid,
    name: message.name,
    isWanted: true,
    columns: columns.map(({ name, codec }) => ({ name, decode: codec.decode })),
    key: table.key.map((column) => columns.indexOf(column)),
  };
}

/** Rows that nobody reads are counted by their key alone. */
function unwanted(message: RelationMessage): Relation {
  const columns = message.columns.map(({ name }) => ({ name, decode: asIs }));
  const { oid, name } = message;
  return { oid, name, isWanted: false, columns, key: keyPlaces(message) };
}

function keyPlaces(message: RelationMessage): number[] {
  return message.columns.flatMap((column, place) => (column.isKey ? [place] : []));
}

function asIs(text: string): string {
  return text;
}
