import { parseValue } from "../../values/parse-value.ts";
import type { Archive, Binding, MapDocument } from "../document.ts";
import type { ColumnSchema, ObjectSchema } from "../object-schema.ts";
import { bindingWords } from "../place.ts";
import { type MapProblem, suggestion } from "./problem.ts";

type ArchiveInMap = {
  readonly document: MapDocument;
  readonly binding: Binding;
  readonly schema: ObjectSchema | undefined;
};

/** What can be wrong with how a binding's rows are put away when their records are deleted. */
export function* checkArchive(of: ArchiveInMap): Generator<MapProblem> {
  const { document, binding, schema } = of;
  const { archive, whenRecordDeleted } = binding;
  if (whenRecordDeleted !== "archive") return;
  const words = bindingWords(document, binding.id);
  if (archive === undefined) {
    yield problem(
      of,
      `${words} puts rows away and does not say how. Name the column and the value \
that say so, or choose another end.`,
    );
    return;
  }
  if (schema === undefined) return;
  const column = schema.columns.find(({ name }) => name === archive.column);
  for (const what of column === undefined ? [] : wrongWith(binding, archive, column)) {
    yield problem(of, `${words} puts rows away by ${archive.column}: ${what}`);
  }
  if (column !== undefined) return;
  const names = schema.columns.map(({ name }) => name);
  yield problem(
    of,
    `${words} puts rows away by the column ${archive.column}, which the object does \
not have.${suggestion(archive.column, names)} Choose one that it has.`,
  );
}

function* wrongWith(
  binding: Binding,
  { column: name, value, back }: Archive,
  column: ColumnSchema,
): Generator<string> {
  if (column.readOnly) yield "the system computes it itself. Choose a column that can be written.";
  const edge = binding.edges.find(
    ({ columns, direction }) => direction !== "in" && columns.includes(name),
  );
  if (edge !== undefined) {
    yield `the edge ${edge.id} writes it too. Choose another column, or make the edge read only.`;
  }
  for (const text of back === null ? [value] : [value, back]) {
    const parsed = parseValue(column.type, { values: column.values }, text);
    if (!parsed.ok) yield `${parsed.message} Change the value.`;
  }
  if (back === null && !column.nullable) {
    yield "it must have a value, also when the row is brought back. Say which.";
  }
  if (back === value) yield "it is the same put away and brought back. Change one of the two.";
}

function problem({ binding }: ArchiveInMap, message: string): MapProblem {
  return { severity: "error", code: "bad-archive", place: { binding: binding.id }, message };
}
