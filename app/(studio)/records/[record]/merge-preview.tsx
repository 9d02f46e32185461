"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import { problemOf } from "../../../../components/problem-of.ts";
import { Segmented } from "../../../../components/ui/segmented.tsx";
import { Table, Td, Th } from "../../../../components/ui/table.tsx";
import { FieldValue } from "../../../../components/values/field-value.tsx";
import type { Outputs } from "../../../../server/api/root.ts";
import { decidedWith } from "../../../../server/core/map/groups.ts";
import type { Chosen } from "./merge-dialog.tsx";
import { SecondRows } from "./merge-second-rows.tsx";
import { PlannedWrites } from "./planned-writes.tsx";
import { entityOf, type RecordData } from "./record-data.ts";

type Preview = Outputs["records"]["previewMerge"];
type Merged = Extract<Preview, { kind: "merged" }>;

type MergePreviewProps = {
  data: RecordData;
  preview: UseQueryResult<Preview, unknown>;
  chosen: Chosen;
  onChange: (chosen: Chosen) => void;
};

/** What merging changes: the values that stand, what becomes of second rows, what is written. */
export function MergePreview({ data, preview, chosen, onChange }: MergePreviewProps) {
  if (preview.error !== null) {
    return <p className="text-fail">{problemOf(preview.error).message}</p>;
  }
  const told = preview.data;
  if (told === undefined) return <p className="text-ink-2">Looking at both records …</p>;
  const choose = (second: Chosen["second"]) =>
    onChange({ ...chosen, second: { ...chosen.second, ...second } });
  return (
    <div className="flex flex-col gap-4">
      <SecondRows {...{ data, told, chosen }} onChange={choose} />
      {told.kind === "merged" && (
        <>
          <Values
            {...{ data, told }}
            onChange={(field, stands) =>
              onChange({ ...chosen, values: { ...chosen.values, ...whole(data, field, stands) } })
            }
          />
          <Pending pending={told.pending} />
          <PlannedWrites {...{ data }} writes={told.writes} />
        </>
      )}
      {told.kind !== "merged" && told.kind !== "undecided" && (
        <p className="text-fail">{WAITS[told.kind]}</p>
      )}
    </div>
  );
}

/** A field that is decided with others brings them along. */
function whole(data: RecordData, field: string, stands: "winner" | "loser"): Chosen["values"] {
  const entity = entityOf(data);
  const fields = entity === undefined ? [field] : decidedWith(entity, field);
  return Object.fromEntries(fields.map((one) => [one, stands]));
}

const WAITS: Readonly<Record<Exclude<Preview["kind"], "merged" | "undecided">, string>> = {
  "same-record": "It is the same record.",
  "other-entity": "Only records of one entity can be merged.",
  asked: "This field is under review here. Answer its question; that decides the value.",
  "not-deletable": "The map does not delete rows there; the second row can only be left.",
  busy: "A row is being made for one of the two. Try again in a moment.",
};

type ValuesProps = {
  data: RecordData;
  told: Merged;
  onChange: (field: string, stands: "winner" | "loser") => void;
};

/** Fields in which the two differ, and whose value stands. */
function Values({ data, told, onChange }: ValuesProps) {
  const differing = told.fields.filter(({ stands }) => stands !== "both");
  if (differing.length === 0) return <p>The two agree in every field.</p>;
  const fields = new Map(entityOf(data)?.fields.map((field) => [field.id, field]));
  return (
    <Table label="Where the two differ" caption>
      <thead>
        <tr>
          <Th>Field</Th>
          <Th>This record</Th>
          <Th>The other</Th>
          <Th>Stands</Th>
        </tr>
      </thead>
      <tbody>
        {differing.map(({ field, winner, loser, stands }) => (
          <tr key={field}>
            <Td className="type-label">{fields.get(field)?.name ?? field}</Td>
            <Td>
              <FieldValue value={winner?.v} type={fields.get(field)?.type} />
            </Td>
            <Td>
              <FieldValue value={loser.v} type={fields.get(field)?.type} />
            </Td>
            <Td>
              <Segmented
                label={`Whose ${fields.get(field)?.name ?? field} stands`}
                options={[
                  { value: "winner", label: "This one" },
                  { value: "loser", label: "The other" },
                ]}
                value={stands}
                onChange={(next) => onChange(field, next as "winner" | "loser")}
              />
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function Pending({ pending: { questions, held } }: Pick<Merged, "pending">) {
  if (questions + held === 0) return null;
  const words = [
    ...(questions === 0 ? [] : [`${questions} open ${questions === 1 ? "question" : "questions"}`]),
    ...(held === 0 ? [] : [`${held} held ${held === 1 ? "value" : "values"}`]),
  ];
  return <p>The other’s {words.join(" and ")} go along with its rows.</p>;
}
