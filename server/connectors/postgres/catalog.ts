import type { ObjectSchema } from "../../core/map/object-schema.ts";
import type { Codec } from "./codec.ts";

/** A table as its database describes it, with what is needed to read and write its rows. */
export type Table = {
  readonly oid: number;
  /** The object's name: "public.products". */
  readonly name: string;
  /** Quoted for SQL: "public"."products". */
  readonly sqlName: string;
  readonly columns: readonly Column[];
  readonly columnByName: ReadonlyMap<string, Column>;
  readonly key: readonly Column[];
  /** Why its changes cannot be read; null when they can. */
  readonly obstacle: string | null;
  /** Columns of each constraint and unique index, by its name. */
  readonly constraints: ReadonlyMap<string, readonly string[]>;
  readonly schema: ObjectSchema;
};

export type Column = {
  readonly name: string;
  readonly sqlName: string;
  readonly typeOid: number;
  /** The type's limits as the catalog keeps them; -1 for none. */
  readonly modifier: number;
  readonly codec: Codec;
  /** Computed by the database. */
  readonly isReadOnly: boolean;
  /** Told by the log: a computed column is not. */
  readonly isLogged: boolean;
};
