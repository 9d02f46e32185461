import { Table, Td, Th } from "../../../../components/ui/table.tsx";
import { LineBullet } from "../../../../components/values/line-bullet.tsx";
import { ValueDiff } from "../../../../components/values/value-diff.tsx";
import type { Outputs } from "../../../../server/api/root.ts";
import { entityOf, type RecordData, systemOf } from "./record-data.ts";

type Writes = Extract<Outputs["records"]["previewMerge"], { kind: "merged" }>["writes"];

const OPERATION_WORDS: Readonly<Record<Writes[number]["operation"], string>> = {
  create: "a row is made",
  update: "",
  delete: "is deleted",
};

/** What is written in which system, before it is done. */
export function PlannedWrites({ data, writes }: { data: RecordData; writes: Writes }) {
  if (writes.length === 0) return <p>Nothing is written to any system.</p>;
  const fields = new Map(entityOf(data)?.fields.map(({ id, name }) => [id, name]));
  return (
    <Table label="What is written then" caption>
      <thead>
        <tr>
          <Th>Row</Th>
          <Th>Change</Th>
        </tr>
      </thead>
      <tbody>
        {writes.map(({ link, system: id, externalId, operation, fields: changed }) => {
          const system = systemOf(data, id);
          return (
            <tr key={link}>
              <Td className="align-top">
                <span className="inline-flex items-center gap-1.5">
                  {system !== undefined && <LineBullet system={system} as="reader" />}
                  <span className="type-value">{externalId ?? ""}</span>
                  <span>{OPERATION_WORDS[operation]}</span>
                </span>
              </Td>
              <Td>
                <ul className="flex flex-col gap-1">
                  {changed.map(({ field, before, after }) => (
                    <li key={field} className="flex flex-wrap items-center gap-1.5">
                      <span className="type-label">{fields.get(field) ?? field}</span>
                      <ValueDiff before={before} after={after} />
                    </li>
                  ))}
                </ul>
              </Td>
            </tr>
          );
        })}
      </tbody>
    </Table>
  );
}
