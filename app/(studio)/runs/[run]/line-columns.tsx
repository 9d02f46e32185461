import { KIND_WORDS, RULE_WORDS } from "../../../../components/audit-words.ts";
import type { Column } from "../../../../components/ui/data-table.tsx";
import { Time } from "../../../../components/ui/time.tsx";
import { FieldValue } from "../../../../components/values/field-value.tsx";
import { LineBullet } from "../../../../components/values/line-bullet.tsx";
import { ValueDiff } from "../../../../components/values/value-diff.tsx";
import type { Outputs } from "../../../../server/api/root.ts";
import type { RunData } from "./run-page.tsx";

type Line = Outputs["runs"]["lines"]["lines"][number];

/** When, which record, what happened where, from what to what, and why. */
export function lineColumns(data: RunData): Column<Line>[] {
  const fieldName = (line: Line) =>
    data.fields.find(({ entity, id }) => entity === line.entity && id === line.field)?.name ??
    line.field;
  return [
    { id: "at", header: "When", width: "92px", cell: ({ at }) => <Time at={at} form="clock" /> },
    {
      id: "record",
      header: "Record",
      width: "minmax(160px, 1.2fr)",
      cell: ({ title, record }) => (
        <span className="truncate">{title ?? <span className="type-value">{record}</span>}</span>
      ),
    },
    { id: "kind", header: "What", width: "152px", cell: ({ kind }) => KIND_WORDS[kind] },
    {
      id: "field",
      header: "Field",
      width: "minmax(110px, .6fr)",
      cell: (line) => {
        const system = data.systems.find(({ id }) => id === line.system);
        return (
          <span className="flex min-w-0 items-center gap-2">
            {system !== undefined && <LineBullet system={system} />}
            <span className="truncate">{fieldName(line) ?? "all fields"}</span>
          </span>
        );
      },
    },
    {
      id: "values",
      header: "From and to",
      width: "minmax(200px, 1.4fr)",
      cell: (line) => <Values line={line} />,
    },
    {
      id: "why",
      header: "Why",
      width: "minmax(180px, 1fr)",
      cell: ({ rule, cause }) => (
        <span className="truncate text-ink-2" title={cause.detail}>
          {RULE_WORDS[rule]}
        </span>
      ),
    },
  ];
}

/** A refused edit never was a value of the hub: what was refused is shown, and what stands. */
function Values({ line }: { line: Line }) {
  const [loser] = line.losers ?? [];
  if (line.field === null) return <FieldCount after={line.after} />;
  if (line.kind === "rejected" && loser !== undefined) {
    return (
      <span className="flex min-w-0 items-center gap-2">
        <FieldValue value={loser.value} />
        <span className="type-small text-ink-2">not taken</span>
      </span>
    );
  }
  return <ValueDiff before={shown(line.before)} after={shown(line.after)} line />;
}

function FieldCount({ after }: { after: Line["after"] }) {
  if (after === null || typeof after.v !== "object" || after.v === null) return null;
  const count = Object.keys(after.v).length;
  return (
    <span className="type-small text-ink-2">
      {count} {count === 1 ? "value" : "values"}
    </span>
  );
}

type Value = Parameters<typeof FieldValue>[0]["value"];

/** A line about one field holds one value. */
function shown(side: Line["after"]): Value {
  return side === null ? undefined : (side.v as Value);
}
