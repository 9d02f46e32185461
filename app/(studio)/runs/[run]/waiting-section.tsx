import Link from "next/link";
import { Section } from "../../../../components/shell/section.tsx";
import { formatCount } from "../../../../components/ui/count.tsx";
import { Icon } from "../../../../components/ui/icon.tsx";
import { Table, Td, Th } from "../../../../components/ui/table.tsx";
import { FieldValue } from "../../../../components/values/field-value.tsx";
import type { FieldValue as Value } from "../../../../server/core/values/field-value.ts";
import type { RunData } from "./run-page.tsx";

type Waiting = NonNullable<RunData["waiting"]>;
type Sample = Waiting["samples"][number];

/** What a mass change is about: some of the rows that wait, and of those that went through. */
export function WaitingSection({ data }: { data: RunData }) {
  const { waiting } = data;
  const { asks } = data.detail;
  if (waiting === null || asks === null) return null;
  const type = data.fields.find(
    ({ entity, id }) => entity === data.entity?.id && id === asks.field,
  )?.type;
  const { samples, passed } = waiting;
  const common = { type, isGone: asks.kind === "gone" };
  return (
    <>
      <Section title="What waits" note={noteOf(samples.length, waiting.rows)} flush>
        <Samples label="Some of the rows that wait" samples={samples} {...common} />
      </Section>
      {passed.count > 0 && (
        <Section
          title="What went through before"
          note={`${noteOf(passed.samples.length, passed.count)}, within the limits`}
          flush
        >
          <Samples label="Rows that went through before" samples={passed.samples} {...common} />
        </Section>
      )}
    </>
  );
}

const noteOf = (shown: number, all: number) =>
  shown === all ? `${formatCount(all)} rows` : `${shown} of ${formatCount(all)} rows`;

type SamplesProps = {
  label: string;
  samples: readonly Sample[];
  type: RunData["fields"][number]["type"] | undefined;
  isGone: boolean;
};

function Samples({ label, samples, type, isGone }: SamplesProps) {
  return (
    <Table label={label}>
      <thead>
        <tr>
          <Th>Record</Th>
          <Th className={isGone ? undefined : "hidden sm:table-cell"}>Row</Th>
          {!isGone && <Th>Before and after</Th>}
        </tr>
      </thead>
      <tbody>
        {samples.map(({ record, title, externalId, before, after }) => (
          <tr key={`${record} ${externalId}`}>
            <Td className="max-w-44 sm:max-w-64">
              <Link href={`/records/${record}`} className="block truncate link">
                {title ?? record}
              </Link>
            </Td>
            <Td className={isGone ? "type-value" : "hidden type-value sm:table-cell"}>
              {externalId}
            </Td>
            {!isGone && (
              <Td className="max-w-xl">
                <span className="flex min-w-0 items-center gap-2">
                  <FieldValue value={before as Value} type={type} />
                  <Icon name="arrow-right" size={14} className="shrink-0 text-ink-3" />
                  <FieldValue value={after as Value} type={type} />
                </span>
              </Td>
            )}
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
