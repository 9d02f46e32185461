"use client";

import { LineChange } from "../../../components/audit/line-change.tsx";
import { WhyLine } from "../../../components/audit/why-line.tsx";
import { Button } from "../../../components/ui/button.tsx";
import { CopyButton } from "../../../components/ui/copy-button.tsx";
import { Drawer } from "../../../components/ui/drawer.tsx";
import { LinkButton } from "../../../components/ui/link-button.tsx";
import { fieldName, recordName } from "./audit-columns.tsx";
import type { AuditFilter, AuditLine, AuditPage } from "./audit-filter.ts";

type LineDrawerProps = {
  line: AuditLine | null;
  page: AuditPage;
  onClose: () => void;
  setFilter: (changes: Partial<AuditFilter>) => unknown;
};

/** One line with everything that it names, and the ways on from it. */
export function LineDrawer({ line, page, onClose, setFilter }: LineDrawerProps) {
  if (line === null) return null;
  const { record, field, entity, actor, cause } = line;
  const name = fieldName(page, line);
  return (
    <Drawer
      open
      onOpenChange={(open) => !open && onClose()}
      title={recordName(line)}
      description={name === "" ? `The ${record === null ? "row" : "record"} as a whole` : name}
    >
      <div className="flex flex-col gap-4">
        <LineChange line={line} systems={page.systems} />
        <WhyLine line={line} systems={page.systems} />
        {record !== null && (
          <div className="flex items-center gap-2 type-small text-ink-2">
            <span className="min-w-0 truncate font-mono">{record}</span>
            <CopyButton text={record} label="Copy the record’s id" />
          </div>
        )}
        <div className="flex flex-wrap gap-2">
          {record !== null && <RecordWays line={line} record={record} setFilter={setFilter} />}
          {field !== null && (
            <Button
              size="sm"
              icon="filter"
              onClick={() => setFilter({ entity, field, line: null })}
            >
              Only {name}
            </Button>
          )}
          <Button size="sm" icon="filter" onClick={() => setFilter({ actor, line: null })}>
            Only this actor
          </Button>
          {cause.conflict !== undefined && (
            <LinkButton size="sm" icon="diverge" href={`/conflicts?question=${cause.conflict}`}>
              Its question
            </LinkButton>
          )}
        </div>
      </div>
    </Drawer>
  );
}

type RecordWaysProps = {
  line: AuditLine;
  record: string;
  setFilter: LineDrawerProps["setFilter"];
};

function RecordWays({ line: { at, field }, record, setFilter }: RecordWaysProps) {
  const place = field === null ? "" : `&field=${field}`;
  return (
    <>
      <LinkButton
        size="sm"
        icon="clock"
        href={`/records/${record}?at=${encodeURIComponent(at)}${place}`}
      >
        The record as of then
      </LinkButton>
      <LinkButton size="sm" icon="card" href={`/records/${record}?${place.slice(1)}`}>
        The record now
      </LinkButton>
      <Button size="sm" icon="filter" onClick={() => setFilter({ record, line: null })}>
        Only this record
      </Button>
    </>
  );
}
