import { z } from "zod";
import type { Step } from "../../core/map/document.ts";
import type { ColumnSchema, ObjectSchema } from "../../core/map/object-schema.ts";
import type { Side } from "../../core/suggest/profile.ts";
import { type Candidate, type SamplePair, suggest } from "../../core/suggest/suggest.ts";
import { readDraft } from "../../storage/drafts.ts";
import { readSchemas } from "../../storage/systems.ts";
import { notFound } from "../problem.ts";
import { viewerProcedure } from "../trpc.ts";
import type { SampleContext } from "./sample-rows.ts";
import { readSuggestionValues, type SuggestionValues } from "./suggestion-values.ts";

const Input = z.object({
  binding: z.string(),
  /** Only candidates of this field, or of this column. */
  field: z.string().optional(),
  column: z.string().optional(),
});

/** So many candidates of one column or field are told. */
const CANDIDATES_MAX = 7;

export type Suggestion = {
  readonly column: string;
  readonly field: string;
  readonly score: number;
  readonly reason: string;
  readonly step: Step | null;
  readonly samples: readonly SamplePair[];
};

/**
 * Which columns of a binding's object may belong to which fields of its entity, by the draft: what
 * leads somewhere already is left alone. Compared on real rows; where a system does not answer, by
 * names and types, and `problem` says so.
 */
export const suggestions = viewerProcedure.input(Input).query(async ({ ctx, input }) => {
  const { sql } = ctx.hub;
  const [{ document, revision }, schemas] = await Promise.all([readDraft(sql), readSchemas(sql)]);
  const binding = document.bindings.find(({ id }) => id === input.binding);
  const entity = document.entities.find(({ id }) => id === binding?.entity);
  if (binding === undefined || entity === undefined) throw notFound("binding", input.binding);
  const schema = schemas[binding.system]?.find(({ name }) => name === binding.object);
  const of = { services: ctx, document, entity, schemas };
  const values = await readSuggestionValues(of, binding);
  const used = new Set(binding.edges.flatMap(({ columns }) => columns));
  const reached = new Set(binding.edges.flatMap(({ fields }) => fields));
  const columns = (schema?.columns ?? []).filter(({ name }) => !used.has(name));
  const fields = entity.fields.filter(({ id }) => !reached.has(id));
  const found = suggest(inputOf({ columns, fields }, values));
  const named = mostOfEach(found).map(
    ({ column, field, ...rest }): Suggestion => ({
      ...rest,
      ...{ column: columns[column]?.name ?? "", field: fields[field]?.id ?? "" },
    }),
  );
  return {
    revision,
    candidates: named.filter(
      ({ column, field }) =>
        column === (input.column ?? column) && field === (input.field ?? field),
    ),
    /** How many rows were looked at, and of how many the record is known. */
    rows: values.rows.length,
    together: values.together.length,
    problem:
      values.problem === null ? null : `${values.problem} These are by names and types alone.`,
  };
});

type Ends = {
  readonly columns: readonly ColumnSchema[];
  readonly fields: SampleContext["entity"]["fields"];
};

function inputOf({ columns, fields }: Ends, values: SuggestionValues) {
  const { rows, records, together } = values;
  return {
    columns: columns.map(
      (column): Side => ({
        ...{ names: [column.name, ...shortComment(column)], type: column.type },
        values: rows.map((row) => row[column.name] ?? null),
      }),
    ),
    fields: fields.map(({ id, name, type, options }) => ({
      ...{ names: [name, id], type, options },
      // A reference is the id of a record, which no system knows.
      values: type === "reference" ? [] : records.map((record) => record[id] ?? null),
    })),
    together: (column: number, field: number) => {
      const [name, id] = [columns[column]?.name ?? "", fields[field]];
      if (id === undefined || id.type === "reference") return [];
      return together.map(({ row, record }) => ({
        column: row[name] ?? null,
        field: record[id.id] ?? null,
      }));
    },
  };
}

const COMMENT_CHARACTERS_MAX = 60;

/** A short comment is another name. */
function shortComment({ comment = "" }: ObjectSchema["columns"][number]): string[] {
  return comment !== "" && comment.length <= COMMENT_CHARACTERS_MAX ? [comment] : [];
}

/** The likeliest of each column and of each field; they come in order. */
function mostOfEach(found: readonly Candidate[]): Candidate[] {
  const [ofColumn, ofField] = [new Map<number, number>(), new Map<number, number>()];
  return found.filter(({ column, field }) => {
    const [before, beside] = [ofColumn.get(column) ?? 0, ofField.get(field) ?? 0];
    ofColumn.set(column, before + 1);
    ofField.set(field, beside + 1);
    return before < CANDIDATES_MAX || beside < CANDIDATES_MAX;
  });
}
