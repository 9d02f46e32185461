import { ActorMark } from "../../../components/audit/actor-mark.tsx";
import { LineChange } from "../../../components/audit/line-change.tsx";
import { whyWords } from "../../../components/audit/line-why.ts";
import type { Column } from "../../../components/ui/data-table.tsx";
import { Time } from "../../../components/ui/time.tsx";
import { valueText } from "../../../components/values/value-text.ts";
import type { AuditLine, AuditPage } from "./audit-filter.ts";

/** When, who, which record and field, from what to what, and why. */
export function auditColumns(page: AuditPage): Column<AuditLine>[] {
  return [
    { id: "at", header: "When", width: "148px", cell: ({ at }) => <Time at={at} /> },
    {
      id: "actor",
      header: "Who",
      width: "180px",
      cell: ({ actor, system }) => <ActorMark actor={actor} to={system} systems={page.systems} />,
    },
    {
      id: "record",
      header: "Record",
      width: "minmax(150px, 1fr)",
      cell: (line) => <span className="truncate">{recordName(line)}</span>,
    },
    {
      id: "field",
      header: "Field",
      width: "minmax(90px, .5fr)",
      cell: (line) => <span className="truncate type-label">{fieldName(page, line)}</span>,
    },
    {
      id: "change",
      header: "From and to",
      width: "minmax(220px, 1.6fr)",
      cell: (line) => <LineChange line={line} systems={page.systems} />,
    },
    {
      id: "why",
      header: "Why",
      width: "minmax(200px, 1.2fr)",
      cell: (line) => (
        <span className="truncate text-ink-2" title={whyWords(line)}>
          {whyWords(line)}
        </span>
      ),
    },
  ];
}

/** The same on a narrow screen: two lines in one cell. */
export function narrowColumns(page: AuditPage): Column<AuditLine>[] {
  return [
    {
      id: "line",
      header: "What happened",
      width: "minmax(0, 1fr)",
      cell: (line) => (
        <span className="flex w-full min-w-0 flex-col">
          <span className="flex min-w-0 items-center gap-2">
            <ActorMark actor={line.actor} systems={page.systems} bare />
            <span className="min-w-0 flex-1 truncate type-label">{recordName(line)}</span>
            <span className="shrink-0 type-small text-ink-2">
              {fieldName(page, line)} <Time at={line.at} form="clock" />
            </span>
          </span>
          <LineChange line={line} systems={page.systems} />
        </span>
      ),
    },
  ];
}

/** The record's title or id; a row that a person dismissed never was a record's. */
export function recordName({ title, record }: Pick<AuditLine, "title" | "record">): string {
  return title === null ? (record ?? "A row without a record") : valueText(title);
}

/** What the map calls the field now; empty for a line about a record or row as a whole. */
export function fieldName(page: AuditPage, { entity, field }: AuditLine): string {
  if (field === null) return "";
  const known = page.entities.find(({ id }) => id === entity);
  return known?.fields.find(({ id }) => id === field)?.name ?? field;
}
