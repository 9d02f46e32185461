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
import type { Question } from "./conflict-filter.ts";

type Evidence = Outputs["conflicts"]["evidence"];
type EvidencePanelProps = { question: Question; systems: readonly NamedSystem[] };

/** What lies behind a question: its rules, what every system holds, and how it came to that. */
export function EvidencePanel({ question, systems }: EvidencePanelProps) {
  const trpc = useTRPC();
  const asked = trpc.conflicts.evidence.queryOptions({ conflict: question.id });
  const evidence = useQuery({ ...asked, retry: false });
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
            <Rows {...{ question, systems }} rows={data.rows} />
            <History {...{ question, systems }} history={data.history} />
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

function Rows({ question, rows, systems }: EvidencePanelProps & { rows: Evidence["rows"] }) {
  const held = (row: Evidence["rows"][number]) =>
    question.candidates.find(({ link }) => link === row.link)?.value ?? row.base?.s;
  return (
    <Table label="What each system holds" caption>
      <thead>
        <tr>
          <Th>System</Th>
          <Th>Its row</Th>
          <Th>Holds</Th>
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
            <Td>
              <FieldValue value={held(row)} />
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

type HistoryProps = EvidencePanelProps & { history: Evidence["history"] };

function History({ question, systems, history }: HistoryProps) {
  const lines = history
    .flatMap((line) => spreadLine(line))
    .filter(({ field }) => question.field === null || field === question.field);
  return (
    <Table label="What happened before" caption>
      <thead>
        <tr>
          <Th>When</Th>
          <Th>Who</Th>
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
