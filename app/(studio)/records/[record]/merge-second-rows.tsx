"use client";

import { RadioGroup } from "../../../../components/ui/radio-group.tsx";
import type { Outputs } from "../../../../server/api/root.ts";
import type { Chosen } from "./merge-dialog.tsx";
import { type RecordData, systemOf } from "./record-data.ts";

type SecondRowsProps = {
  data: RecordData;
  told: Outputs["records"]["previewMerge"];
  chosen: Chosen;
  onChange: (second: Chosen["second"]) => void;
};

type SecondRow = NonNullable<Chosen["second"]>[string];

const WORDS: Readonly<Record<SecondRow, { label: string; hint: string }>> = {
  leave: { label: "Leave it as it is", hint: "It is read, and neither changed nor followed." },
  delete: { label: "Delete it there", hint: "This record’s own row stays." },
};

/** Where both records have a row, a person says what becomes of the other's. */
export function SecondRows({ data, told, chosen, onChange }: SecondRowsProps) {
  const decided = Object.keys(chosen.second ?? {});
  const places = told.kind === "undecided" ? told.rows : [];
  const bindings = [...decided, ...places.map(({ binding }) => binding)];
  return [...new Set(bindings)].map((id) => {
    const place = places.find(({ binding }) => binding === id);
    const binding = data.document.bindings.find((one) => one.id === id);
    const name = systemOf(data, binding?.system ?? "")?.name ?? id;
    const choices: readonly SecondRow[] =
      place?.choices ?? (binding?.whenRecordDeleted === "delete" ? ["leave", "delete"] : ["leave"]);
    return (
      <RadioGroup
        key={id}
        label={`Both have a row in ${name}. What becomes of the other’s${
          place?.loser === undefined ? "" : ` (${place.loser})`
        }?`}
        options={choices.map((value) => ({ value, ...WORDS[value] }))}
        value={chosen.second?.[id] ?? ("" as SecondRow)}
        onChange={(value) => onChange({ [id]: value })}
      />
    );
  });
}
