import Link from "next/link";
import { Section } from "../../../../components/shell/section.tsx";
import { formatCount } from "../../../../components/ui/count.tsx";
import { Lamp } from "../../../../components/ui/lamp.tsx";
import { Table, Td, Th } from "../../../../components/ui/table.tsx";
import { Time } from "../../../../components/ui/time.tsx";
import { LineBullet } from "../../../../components/values/line-bullet.tsx";
import type { RunData } from "./run-page.tsx";

type Failure = RunData["failures"][number];

/** What was held while the run ran, grouped by what is wrong. Nothing when nothing was. */
export function FailureSection({ data }: { data: RunData }) {
  const { failures } = data;
  if (failures.length === 0) return null;
  const total = failures.reduce((sum, { count }) => sum + count, 0);
  return (
    <Section
      title="Held while it ran"
      note={`${formatCount(total)} in ${failures.length} ${failures.length === 1 ? "group" : "groups"}`}
      flush
    >
      <Table label="What was held, by what is wrong">
        <thead>
          <tr>
            <Th>What is wrong</Th>
            <Th>Where</Th>
            <Th numeric>How many</Th>
            <Th numeric>Still held</Th>
            <Th className="hidden sm:table-cell">Last</Th>
          </tr>
        </thead>
        <tbody>
          {failures.map((failure) => (
            <FailureRow
              key={`${failure.binding} ${failure.kind} ${failure.field} ${failure.code}`}
              {...{ failure, data }}
            />
          ))}
        </tbody>
      </Table>
    </Section>
  );
}

function FailureRow({ failure, data }: { failure: Failure; data: RunData }) {
  const system = data.systems.find(({ id }) => id === failure.system);
  const field = data.fields.find(
    ({ entity, id }) => entity === failure.entity && id === failure.field,
  );
  const place = new URLSearchParams({ entity: failure.entity, code: failure.code });
  return (
    <tr>
      <Td className="max-w-xl">
        <span className="flex items-start gap-2">
          <Lamp state={failure.held > 0 ? "quarantined" : "ok"} className="mt-0.5" />
          <Link href={`/quarantine?${place}`} className="link break-words">
            {failure.sample}
          </Link>
        </span>
      </Td>
      <Td>
        <span className="flex items-center gap-2">
          {system !== undefined && <LineBullet system={system} />}
          {field?.name ?? (failure.kind === "row" ? "whole row" : failure.kind)}
        </span>
      </Td>
      <Td numeric>{formatCount(failure.count)}</Td>
      <Td numeric>{formatCount(failure.held)}</Td>
      <Td className="hidden sm:table-cell">
        <Time at={failure.last} />
      </Td>
    </tr>
  );
}
