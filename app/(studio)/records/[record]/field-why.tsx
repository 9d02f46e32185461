"use client";

import dynamic from "next/dynamic";
import Link from "next/link";
import { useState } from "react";
import type { NamedSystem } from "../../../../components/audit/actor-words.ts";
import { WhyLine } from "../../../../components/audit/why-line.tsx";
import { Button } from "../../../../components/ui/button.tsx";
import { LinkButton } from "../../../../components/ui/link-button.tsx";
import type { SpreadLine } from "../../../../server/core/audit/log-line.ts";
import type { Field } from "../../../../server/core/map/document.ts";
import { deciderOf, ownershipWords, policyWords } from "../../../../server/core/map/field-words.ts";
import type { FieldRowProps } from "./field-row.tsx";
import { LineList } from "./line-list.tsx";
import { type Cell, hubLine, linesOf, systemLine } from "./record-data.ts";

// Nobody sets a value before the page has been seen.
const SetValueForm = dynamic(() =>
  import("./set-value-form.tsx").then((part) => part.SetValueForm),
);

/** History lines of one field that are drawn here; the audit log has all. */
const SHOWN_LINES = 20;

/** Why the hub and each system hold what they hold, from the audit log alone. */
export function FieldWhy(props: FieldRowProps) {
  const { data, id, field, lines: all, at, rows } = props;
  const [isSetting, setSetting] = useState(false);
  const until = at === null ? all : all.filter((line) => Date.parse(line.at) <= Date.parse(at));
  const lines = linesOf(until, id);
  const hub = hubLine(lines);
  const { systems } = data.document;
  const question = data.questions.find(({ fields }) => fields.includes(id));
  return (
    <div className="flex flex-col gap-4 px-4 py-3">
      <dl className="grid gap-x-6 gap-y-3 type-body md:grid-cols-[max-content_1fr]">
        <dt className="type-label">The hub</dt>
        <dd>
          {hub === undefined ? "It never had a value." : <WhyLine line={hub} systems={systems} />}
        </dd>
        {rows.map((row) => {
          const line = systemLine(lines, row.system);
          const name = systems.find((system) => system.id === row.system)?.name ?? row.system;
          const cell = row.cells[id];
          return cell === undefined ? null : (
            <Pair key={row.id} name={name}>
              <SystemWhy {...{ line, systems }} cell={at === null ? cell : undefined} />
            </Pair>
          );
        })}
        {field !== null && (
          <Pair name="The rule">
            <RuleWords {...{ data, field }} />
          </Pair>
        )}
      </dl>
      {isSetting && field !== null ? (
        <SetValueForm {...{ data, field }} onDone={() => setSetting(false)} />
      ) : (
        <div className="flex flex-wrap items-center gap-2">
          {field !== null && at === null && question === undefined && (
            <Button
              size="sm"
              icon="edit"
              onClick={() => setSetting(true)}
              disabledReason={data.deletedAt === null ? undefined : "The record is deleted."}
            >
              Set a value
            </Button>
          )}
          {question !== undefined && (
            <LinkButton size="sm" icon="diverge" href={`/conflicts?question=${question.id}`}>
              Decide the question
            </LinkButton>
          )}
          <Link className="link type-small" href={`/audit?record=${data.id}&field=${id}`}>
            All of it in the audit log
          </Link>
        </div>
      )}
      <div className="-mx-4 border-rule border-t">
        <LineList
          label={`History of ${field?.name ?? id}`}
          lines={lines.slice(0, SHOWN_LINES)}
          systems={systems}
        />
      </div>
    </div>
  );
}

type SystemWhyProps = {
  line: SpreadLine | undefined;
  systems: readonly NamedSystem[];
  /** What it holds now; undefined while an earlier moment is shown. */
  cell: Cell | undefined;
};

/** The newest line about the system's value; without one, what its silence means. */
function SystemWhy({ line, systems, cell }: SystemWhyProps) {
  return (
    <>
      {cell?.message !== undefined && <p>{cell.message}</p>}
      {line !== undefined && <WhyLine line={line} systems={systems} />}
      {line === undefined && cell?.message === undefined && (
        <p className="text-ink-2">Its row agreed with the hub when the two were linked.</p>
      )}
    </>
  );
}

function Pair({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <>
      <dt className="type-label">{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

/** Who decides it, and what happens when two edits meet; of a part what is said of its group. */
function RuleWords({ data, field }: { data: FieldRowProps["data"]; field: Field }) {
  const { document, entity } = data;
  const decider = deciderOf(document, entity, field);
  const as = decider.group ? `It is decided as a part of ${decider.name}: ` : "";
  return `${as}${ownershipWords(document, entity, decider)}; ${policyWords(decider.policy)}.`;
}
