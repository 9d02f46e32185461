import { z } from "zod";
import type { ColumnSchema, ObjectSchema } from "../../core/map/object-schema.ts";
import type { Side } from "../../core/suggest/profile.ts";
import { type Candidate, suggest } from "../../core/suggest/suggest.ts";
import { type DismissedPair, readDismissed } from "../../storage/dismissed-suggestions.ts";
import { readDraft } from "../../storage/drafts.ts";
import { readSchemas } from "../../storage/systems.ts";
import { notFound } from "../problem.ts";
import { viewerProcedure } from "../trpc.ts";
import type { SampleContext } from "./sample-rows.ts";
import { readSuggestionValues, type SuggestionValues } from "./suggestion-values.ts";

const Input = z.object({ binding: z.string() });

/** So many candidates of one column or field are told. */
const CANDIDATES_MAX = 7;

type Suggestion = Omit<Candidate, "column" | "field"> & {
  readonly column: string;
  readonly field: string;
};

/**
 * Which columns of a binding's object may belong to which fields of its entity, by the draft: what
 * leads somewhere already is left alone. Compared on real rows; where a system does not answer, by
 * names and types, and `problem` says so.
 */
export const suggestions = viewerProcedure.input(Input).query(async ({ ctx, input }) => {
  const { sql } = ctx.hub;
  const [{ document, revision }, schemas, allDismissed] = await Promise.all([
    readDraft(sql),
    readSchemas(sql),
    readDismissed(sql),
  ]);
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
  const dismissed = allDismissed.filter((pair) => pair.binding === binding.id);
  const found = suggest(inputOf({ columns, fields, dismissed }, values));
  return {
    revision,
    /** The likeliest first. */
    candidates: mostOfEach(found).map(
      ({ column, field, ...rest }): Suggestion => ({
        ...rest,
        ...{ column: columns[column]?.name ?? "", field: fields[field]?.id ?? "" },
      }),
    ),
    /** Pairs that a person has dismissed: none of them is among the candidates. */
    dismissed,
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
  readonly dismissed: readonly DismissedPair[];
};

function inputOf({ columns, fields, dismissed }: Ends, values: SuggestionValues) {
  const { rows, records, together } = values;
  const ruledOut = new Set(dismissed.map((pair) => JSON.stringify([pair.column, pair.field])));
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
    ruledOut: (column: number, field: number) =>
      ruledOut.has(JSON.stringify([columns[column]?.name, fields[field]?.id])),
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
