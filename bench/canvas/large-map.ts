import { MapDocument } from "../../server/core/map/document.ts";
import type { ObjectSchema } from "../../server/core/map/object-schema.ts";

/** How large a map is: boxes of systems, columns of each, and lines from them to one entity. */
export type MapSize = {
  readonly systems: number;
  readonly columns: number;
  readonly lines: number;
};

export type LargeMap = {
  readonly document: MapDocument;
  readonly schemas: ReadonlyMap<string, ObjectSchema>;
};

export const ENTITY = "article";

/** Fields of one group of the entity. */
const GROUP = 10;

/**
 * A map of many systems that all hold the same entity, as a company has it after some takeovers.
 * Each column leads to a field; where there are more lines than columns, the first columns of a
 * system are full names that lead to two fields each.
 *
 * @throws where so many lines cannot be drawn between so many columns
 */
export function largeMap({ systems, columns, lines }: MapSize): LargeMap {
  const shares = Array.from(
    { length: systems },
    (_, at) => Math.floor(((at + 1) * lines) / systems) - Math.floor((at * lines) / systems),
  );
  const fieldsMax = Math.max(columns, ...shares);
  if (fieldsMax > 2 * columns) throw new Error(`${columns} columns cannot have ${fieldsMax} lines`);
  const fields = Array.from({ length: fieldsMax }, (_, at) => fieldOf(at));
  const document = MapDocument.parse({
    format: 1,
    systems: shares.map((_, at) => ({
      ...{ id: systemOf(at), name: `System ${at + 1}`, line: (at % 8) + 1 },
      code: `${letter(Math.floor(at / 26))}${letter(at % 26)}`,
    })),
    entities: [
      {
        ...{ id: ENTITY, name: "Article", title: fields[0]?.id, matchKeys: [[fields[0]?.id]] },
        fields,
      },
    ],
    bindings: shares.map((share, at) => ({
      ...{ id: `${systemOf(at)}-article`, system: systemOf(at), object: OBJECT, entity: ENTITY },
      edges: edgesOf(share, columns),
    })),
  });
  const schema = schemaOf(columns);
  return { document, schemas: new Map(shares.map((_, at) => [systemOf(at), schema])) };
}

const OBJECT = "public.article";
const systemOf = (at: number) => `s${at + 1}`;
const letter = (at: number) => String.fromCharCode(65 + at);
const columnOf = (at: number) => `column_${at + 1}`;

function fieldOf(at: number) {
  return {
    ...{ id: `field-${at + 1}`, name: `Field ${at + 1}`, type: "text" },
    ...{ group: `Part ${Math.floor(at / GROUP) + 1}`, policy: { kind: "newest" } },
  };
}

function edgesOf(lines: number, columns: number) {
  const split = Math.max(0, lines - columns);
  const edges: { id: string; columns: string[]; fields: string[]; steps?: object[] }[] = [];
  for (let field = 0; field < lines; ) {
    const at = edges.length;
    const isSplit = at < split;
    const fields = [field, ...(isSplit ? [field + 1] : [])].map((one) => `field-${one + 1}`);
    edges.push({
      ...{ id: `e${at + 1}`, columns: [columnOf(at)], fields },
      ...(isSplit ? { steps: [{ transform: "split-name", settings: {} }] } : {}),
    });
    field += fields.length;
  }
  return edges;
}

function schemaOf(columns: number): ObjectSchema {
  const made = Array.from({ length: columns }, (_, at) => ({
    ...{ name: columnOf(at), type: "text" as const, nativeType: "text" },
    ...{ nullable: at > 0, hasDefault: false, readOnly: false },
  }));
  return {
    ...{ name: OBJECT, kind: "table", key: [columnOf(0)], columns: made },
    ...{ uniques: [], references: [], rowsEstimate: 10_000 },
  };
}
