import { Badge } from "../../../components/ui/badge.tsx";
import type { Column } from "../../../components/ui/data-table.tsx";
import { Time } from "../../../components/ui/time.tsx";
import { LineBullet } from "../../../components/values/line-bullet.tsx";
import { valueText } from "../../../components/values/value-text.ts";
import type { RecordPage, RecordRow } from "./record-filter.ts";

/** The columns of the list; `page` knows entities and systems by their ids. */
export function recordColumns(page: RecordPage): Column<RecordRow>[] {
  const entityName = (id: string) => page.entities.find((entity) => entity.id === id)?.name ?? id;
  return [
    {
      id: "title",
      header: "Record",
      width: "minmax(200px, 1.2fr)",
      cell: ({ title }) => <span className="truncate type-label">{valueText(title)}</span>,
    },
    {
      id: "entity",
      header: "Entity",
      width: "110px",
      cell: ({ entity }) => <span className="text-ink-2">{entityName(entity)}</span>,
    },
    {
      id: "rows",
      header: "Its rows",
      width: "minmax(370px, 1.6fr)",
      cell: (record) => <Rows record={record} page={page} />,
    },
    {
      id: "waits",
      header: "Waits",
      width: "minmax(170px, .8fr)",
      cell: (record) => <Waits record={record} />,
    },
    {
      id: "created",
      header: "Made",
      width: "156px",
      cell: ({ createdAt }) => <Time at={createdAt} />,
    },
  ];
}

/** The same on a narrow screen: two lines in one cell. */
export function narrowColumns(page: RecordPage): Column<RecordRow>[] {
  return [
    {
      id: "record",
      header: "Record",
      width: "minmax(0, 1fr)",
      cell: (record) => (
        <span className="flex w-full min-w-0 flex-col gap-0.5">
          <span className="flex min-w-0 items-center gap-2">
            <span className="min-w-0 flex-1 truncate type-label">{valueText(record.title)}</span>
            <Waits record={record} />
          </span>
          <Rows record={record} page={page} />
        </span>
      ),
    },
  ];
}

/** Each id gets the same room: a long one must not press the short ones together. */
const ID = "max-w-[11ch] truncate type-value text-ink-2";

function Rows({ record, page }: { record: RecordRow; page: RecordPage }) {
  const place = (system: string) => page.systems.findIndex(({ id }) => id === system);
  return (
    <span className="flex min-w-0 items-center gap-3">
      {record.rows
        .toSorted((a, b) => place(a.system) - place(b.system))
        .map(({ system, externalId, state }) => {
          const known = page.systems.find(({ id }) => id === system);
          return (
            <span key={`${system} ${externalId}`} className="flex min-w-0 items-center gap-1">
              {known !== undefined && (
                <LineBullet system={known} as={state === "pending" ? "reader" : "contributor"} />
              )}
              <span className={ID} title={externalId ?? undefined}>
                {externalId ?? "to be made"}
              </span>
            </span>
          );
        })}
    </span>
  );
}

function Waits({ record }: { record: RecordRow }) {
  const { questions, held, due, deletedAt } = record;
  return (
    <span className="flex items-center gap-1">
      {deletedAt !== null && <Badge>deleted</Badge>}
      {questions > 0 && <Badge tone="conflict">{questions} to decide</Badge>}
      {held > 0 && <Badge tone="fail">{held} held</Badge>}
      {due > 0 && <Badge tone="run">{due} to write</Badge>}
    </span>
  );
}
