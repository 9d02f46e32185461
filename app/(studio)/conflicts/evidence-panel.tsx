"use client";

import { useQuery } from "@tanstack/react-query";
import { Answer } from "../../../components/answer.tsx";
import { ActorMark } from "../../../components/audit/actor-mark.tsx";
import type { NamedSystem } from "../../../components/audit/actor-words.ts";
import { LineChange } from "../../../components/audit/line-change.tsx";
import { whyWords } from "../../../components/audit/line-why.ts";
import { useLiveTopics } from "../../../components/live/use-live-topics.ts";
import { useTRPC } from "../../../components/trpc-provider.tsx";
import { SkeletonRows } from "../../../components/ui/skeleton.tsx";
import { Table, Td, Th } from "../../../components/ui/table.tsx";
import { Time } from "../../../components/ui/time.tsx";
import { FieldValue } from "../../../components/values/field-value.tsx";
import type { Outputs } from "../../../server/api/root.ts";
import { spreadLine } from "../../../server/core/audit/log-line.ts";
import { type FieldValues, partsOf } from "../../../server/core/values/field-value.ts";
import type { Asked } from "./asked.ts";
import type { Question } from "./conflict-filter.ts";

type Evidence = Outputs["conflicts"]["evidence"];
type EvidencePanelProps = {
  question: Question;
  asked: Asked | null;
  systems: readonly NamedSystem[];
};

/** What lies behind a question: its rules, what every system holds, and how it came to that. */
export function EvidencePanel({ question, asked, systems }: EvidencePanelProps) {
  const trpc = useTRPC();
  const options = trpc.conflicts.evidence.queryOptions({ conflict: question.id });
  const evidence = useQuery({ ...options, retry: false });
  useLiveTopics(["conflicts", "records"], trpc.conflicts.evidence.queryFilter());
  return (
    <section aria-label="Evidence" className="border-rule border-t">
      <Answer
        query={evidence}
        failed="The evidence did not load."
        loading={<SkeletonRows rows={5} label="Loading the evidence" />}
      >
        {(data) => (
          <>
            <Rules rules={data.rules} />
            <Rows {...{ question, systems, asked }} rows={data.rows} />
            <History {...{ systems, asked }} fields={data.fields} history={data.history} />
          </>
        )}
      </Answer>
    </section>
  );
}

function Rules({ rules }: { rules: Evidence["rules"] }) {
  if (rules.length === 0) return null;
  return (
    <ul className="flex flex-col gap-1 px-4 py-3 type-body text-ink-2">
      {rules.map((rule) => (
        <li key={rule}>{rule}.</li>
      ))}
    </ul>
  );
}

const STATE_WORDS: Readonly<Record<string, string>> = {
  live: "linked",
  pending: "to be made",
  gone: "deleted",
};

/** By field, what a row holds: what it contends with, else what was last accounted for. */
function heldIn(
  { candidates, field }: Question,
  { link, bases }: Evidence["rows"][number],
): FieldValues {
  const own = candidates.find((one) => one.link === link && one.writtenOver !== true)?.value;
  const known = Object.entries(bases).map(([id, { s }]) => [id, s] as const);
  return { ...Object.fromEntries(known), ...(own === undefined ? {} : partsOf(own, field ?? "")) };
}

function Rows({ question, asked, rows, systems }: EvidencePanelProps & Pick<Evidence, "rows">) {
  const fields = asked?.fields ?? [];
  return (
    <Table label="What each system holds" caption>
      <thead>
        <tr>
          <Th>System</Th>
          <Th>Its row</Th>
          {asked?.isGroup === true ? (
            fields.map(({ id, name }) => <Th key={id}>{name}</Th>)
          ) : (
            <Th>Holds</Th>
          )}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.link}>
            <Td>
              <ActorMark actor={`system:${row.system}`} systems={systems} as="contributor" />
            </Td>
            <Td>
              <span className="type-value">{row.externalId ?? "–"}</span>{" "}
              <span className="type-small text-ink-2">{STATE_WORDS[row.state] ?? row.state}</span>
            </Td>
            {(fields.length === 0 ? [{ id: "" }] : fields).map(({ id }) => (
              <Td key={id}>
                <FieldValue value={heldIn(question, row)[id]} />
              </Td>
            ))}
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

type HistoryProps = Pick<EvidencePanelProps, "asked" | "systems"> &
  Pick<Evidence, "history" | "fields">;

function History({ asked, systems, history, fields }: HistoryProps) {
  const lines = history
    .flatMap((line) => spreadLine(line))
    .filter(({ field }) => fields.length === 0 || (field !== null && fields.includes(field)));
  const nameOf = (id: string | null) => asked?.fields.find((one) => one.id === id)?.name ?? id;
  return (
    <Table label="What happened before" caption>
      <thead>
        <tr>
          <Th>When</Th>
          <Th>Who</Th>
          {fields.length > 1 && <Th>Field</Th>}
          <Th>From and to</Th>
          <Th>Why</Th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.key}>
            <Td>
              <Time at={line.at} />
            </Td>
            <Td>
              <ActorMark actor={line.actor} to={line.system} systems={systems} />
            </Td>
            {fields.length > 1 && <Td>{nameOf(line.field)}</Td>}
            <Td>
              <LineChange line={line} systems={systems} />
            </Td>
            <Td className="text-ink-2">{whyWords(line)}</Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
