import type { ObjectSchema } from "../../core/map/object-schema.ts";
import type { Columns, FieldType } from "../../core/values/field-value.ts";

/**
 * The four systems of the simulator. Each holds the same things in a shape of its own. How a shape
 * reads and writes is written here once more, by hand: the checks of a run must share no code with
 * the product's mapping.
 */

export const FIELDS = ["sku", "given", "family", "price", "state", "stock", "remark"] as const;
export type FieldName = (typeof FIELDS)[number];

/** What a row says of a thing; a field that the shape does not have is missing. */
export type Plain = Partial<Record<FieldName, string | null>>;

export type EdgeShape = {
  readonly id: string;
  readonly columns: readonly string[];
  readonly fields: readonly FieldName[];
  readonly steps?: readonly { transform: string; settings: Record<string, never> | object }[];
};

export type Shape = {
  readonly system: string;
  readonly object: string;
  readonly schema: ObjectSchema;
  readonly edges: readonly EdgeShape[];
  /** What a row says; undefined where a value means nothing in the hub. */
  readonly read: (columns: Columns) => Partial<Record<FieldName, string | null | undefined>>;
  /** The columns that stand for these fields, before the system itself adjusts them. */
  readonly write: (fields: Plain) => Columns;
  /** What the system stores of what it is given. */
  readonly adjust: (columns: Columns) => Columns;
};

const column = (name: string, type: FieldType, more: object = {}) => ({
  name,
  type,
  nativeType: type,
  nullable: true,
  hasDefault: false,
  readOnly: false,
  ...more,
});

const key = (name: string) => column(name, "integer", { nullable: false, hasDefault: true });

/** Does a value break a rule of the entity, or mean nothing in it? It is held then. */
export function breaksRule(field: FieldName, value: string | null | undefined): boolean {
  if (value === undefined) return true;
  if (value === null) return field === "sku";
  if (field === "price") return value.startsWith("-");
  if (field === "state") return value !== "" && !(value in STATES);
  return field === "remark" && value.length > 16;
}

const schema = (
  name: string,
  keyColumn: string,
  columns: ObjectSchema["columns"],
  uniques: string[][],
): ObjectSchema => ({ name, kind: "table", key: [keyColumn], columns, uniques, references: [] });

const STATES: Readonly<Record<string, string>> = { active: "A", blocked: "B", retired: "R" };
const MEANINGS = new Map(Object.entries(STATES).map(([state, code]) => [code, state]));

/** An exact shift of the point by two places: "12.5" => "1250". */
function toCents(price: string): string {
  const [whole = "", fraction = ""] = price.split(".");
  const digits = `${whole}${fraction.padEnd(2, "0")}`;
  const cents = digits.replace(/^(-?)0+(?=\d)/, "$1");
  return cents === "-0" ? "0" : cents;
}

function fromCents(cents: string): string {
  const sign = cents.startsWith("-") ? "-" : "";
  const digits = cents.replace("-", "").padStart(3, "0");
  const fraction = digits.slice(-2).replace(/0+$/, "");
  const whole = digits.slice(0, -2);
  const text = fraction === "" ? whole : `${whole}.${fraction}`;
  return text === "0" ? "0" : `${sign}${text}`;
}

const text = (value: unknown): string | null => (typeof value === "string" ? value : null);

/** "" is a value of its own, so only null is no value. */
const present = (value: string | null | undefined): value is string =>
  value !== null && value !== undefined;

function same(names: Readonly<Partial<Record<FieldName, string>>>) {
  const pairs = Object.entries(names) as [FieldName, string][];
  return {
    edges: pairs.map(([field, name]) => ({ id: field, columns: [name], fields: [field] })),
    read: (columns: Columns) =>
      Object.fromEntries(pairs.map(([field, name]) => [field, text(columns[name])])),
    write: (fields: Plain) =>
      Object.fromEntries(
        pairs.flatMap(([field, name]) => {
          const value = fields[field];
          return value === undefined ? [] : [[name, value]];
        }),
      ),
  };
}

/** An ERP: two name columns, decimal prices, states in words. */
function alpha(): Shape {
  const plain = same({
    sku: "code",
    given: "first",
    family: "last",
    price: "price",
    state: "state",
    stock: "stock",
    remark: "remark",
  });
  return {
    system: "alpha",
    object: "products",
    schema: schema(
      "products",
      "id",
      [
        key("id"),
        column("code", "text", { nullable: false, lengthMax: 20 }),
        column("first", "text"),
        column("last", "text"),
        column("price", "decimal"),
        column("state", "text"),
        column("stock", "integer"),
        column("remark", "text"),
      ],
      [["code"]],
    ),
    ...plain,
    adjust: (columns) => columns,
  };
}

/** A shop: one name column, cents, codes for states, and a remark that has a limit. */
function beta(): Shape {
  const plain = same({ sku: "article", stock: "stock", remark: "note" });
  return {
    system: "beta",
    object: "items",
    schema: schema(
      "items",
      "no",
      [
        key("no"),
        column("article", "text", { nullable: false }),
        column("full_name", "text"),
        column("cents", "integer"),
        column("status", "text"),
        column("stock", "integer"),
        column("note", "text", { lengthMax: 12, nativeType: "varchar(12)" }),
      ],
      [["article"]],
    ),
    edges: [
      ...plain.edges,
      {
        id: "name",
        columns: ["full_name"],
        fields: ["given", "family"],
        steps: [{ transform: "split-name", settings: {} }],
      },
      {
        id: "price",
        columns: ["cents"],
        fields: ["price"],
        steps: [{ transform: "scale", settings: { operation: "divide", factor: "100" } }],
      },
      {
        id: "state",
        columns: ["status"],
        fields: ["state"],
        steps: [
          {
            transform: "value-table",
            settings: { rows: Object.entries(STATES).map(([to, from]) => ({ from, to })) },
          },
        ],
      },
    ],
    read(columns) {
      const [given, family, ...more] = text(columns["full_name"])?.split(" ") ?? [];
      const cents = text(columns["cents"]);
      const code = text(columns["status"]);
      return {
        ...plain.read(columns),
        given: more.length > 0 ? undefined : (given ?? null),
        family: more.length > 0 ? undefined : (family ?? null),
        price: cents === null ? null : fromCents(cents),
        state: code === null ? null : MEANINGS.get(code),
      };
    },
    write(fields) {
      const { given, family, price, state } = fields;
      const columns: Record<string, string | null> = { ...plain.write(fields) } as never;
      if (given !== undefined || family !== undefined) {
        const parts = [given, family].filter(present);
        columns["full_name"] = parts.length === 0 ? null : parts.join(" ");
      }
      if (price !== undefined) columns["cents"] = price === null ? null : toCents(price);
      if (state !== undefined) columns["status"] = state === null ? null : (STATES[state] ?? "?");
      return columns;
    },
    adjust: (columns) => columns,
  };
}

/** A card index: its key is the code itself, and it cuts remarks without a word. */
function gamma(): Shape {
  const plain = same({ sku: "code", price: "price", state: "state", remark: "remark" });
  return {
    system: "gamma",
    object: "cards",
    schema: schema(
      "cards",
      "code",
      [
        column("code", "text", { nullable: false }),
        column("price", "decimal"),
        column("state", "text"),
        column("remark", "text"),
      ],
      [],
    ),
    ...plain,
    adjust(columns) {
      const remark = text(columns["remark"]);
      return remark === null ? columns : { ...columns, remark: remark.slice(0, 6) };
    },
  };
}

/** A list of leads: nothing is required, nothing unique, and remarks are shouted. */
function delta(): Shape {
  const plain = same({ sku: "code", given: "nick", stock: "stock", remark: "remark" });
  return {
    system: "delta",
    object: "leads",
    schema: schema(
      "leads",
      "id",
      [
        key("id"),
        column("code", "text"),
        column("nick", "text"),
        column("stock", "integer"),
        column("remark", "text"),
      ],
      [],
    ),
    ...plain,
    adjust(columns) {
      const remark = text(columns["remark"]);
      return remark === null ? columns : { ...columns, remark: remark.toUpperCase() };
    },
  };
}

export const SHAPES: readonly Shape[] = [alpha(), beta(), gamma(), delta()];
