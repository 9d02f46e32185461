import { useNow } from "../../../components/ui/clock.ts";
import { formatCount } from "../../../components/ui/count.tsx";
import type { Column } from "../../../components/ui/data-table.tsx";
import { Lamp } from "../../../components/ui/lamp.tsx";
import { Time } from "../../../components/ui/time.tsx";
import { LineBullet } from "../../../components/values/line-bullet.tsx";
import type { Outputs } from "../../../server/api/root.ts";
import { DurationBar } from "./duration-bar.tsx";
import { durationOf, durationWords, kindWords, NUMBERS, stateWords } from "./run-words.ts";

type RunPage = Outputs["runs"]["list"];
export type RunRow = RunPage["runs"][number];

/** The columns of the list; `page` knows the systems and objects by their ids. */
export function runColumns(page: RunPage): Column<RunRow>[] {
  return [
    { id: "state", header: "State", width: "128px", cell: (run) => <State run={run} /> },
    { id: "kind", header: "What", width: "128px", cell: ({ kind }) => kindWords(kind) },
    {
      id: "where",
      header: "Where",
      width: "minmax(160px, 1fr)",
      cell: (run) => <Where {...{ run, page }} />,
    },
    {
      id: "started",
      header: "Started",
      width: "148px",
      cell: ({ startedAt }) => <Time at={startedAt} />,
    },
    { id: "duration", header: "Took", width: "172px", cell: (run) => <Duration run={run} /> },
    ...NUMBERS.map(({ id, label, of }) => ({
      id,
      header: label,
      width: "80px",
      numeric: true,
      cell: ({ counts }: RunRow) => <Figure value={of(counts)} />,
    })),
    {
      id: "version",
      header: "Map",
      width: "56px",
      numeric: true,
      cell: ({ mapVersion }) => mapVersion ?? "–",
    },
  ];
}

/** The same on a narrow screen: two lines in one cell. */
export function narrowColumns(page: RunPage): Column<RunRow>[] {
  return [
    {
      id: "run",
      header: "Run",
      width: "minmax(0, 1fr)",
      cell: (run) => (
        <span className="flex w-full min-w-0 flex-col gap-0.5">
          <span className="flex min-w-0 items-center gap-2">
            <Lamp state={stateWords(run.state).lamp} label={stateWords(run.state).words} />
            <span className="shrink-0 type-label">{kindWords(run.kind)}</span>
            <Where {...{ run, page }} />
          </span>
          <span className="flex min-w-0 flex-wrap gap-x-3 type-small text-ink-2">
            <Time at={run.startedAt} />
            {NUMBERS.map(({ id, label, of }) => {
              const value = of(run.counts);
              return value === null || value === 0 ? null : (
                <span key={id}>{countWords(value, label)}</span>
              );
            })}
          </span>
        </span>
      ),
    },
  ];
}

function State({ run }: { run: RunRow }) {
  const { lamp, words } = stateWords(run.state);
  return (
    <span className="flex items-center gap-2 whitespace-nowrap" title={run.detail ?? undefined}>
      <Lamp state={lamp} label="" />
      {words}
    </span>
  );
}

function Where({ run, page }: { run: RunRow; page: RunPage }) {
  const system = page.systems.find(({ id }) => id === run.system);
  const object = run.binding === null ? null : (page.objects[run.binding] ?? run.binding);
  if (run.system === null) return <span className="text-ink-2">all systems</span>;
  return (
    <span className="flex min-w-0 items-center gap-2">
      {system !== undefined && <LineBullet system={system} quiet={object === null} />}
      {object === null ? (
        <span className="truncate">{system?.name ?? run.system}</span>
      ) : (
        <span className="truncate type-value">{object}</span>
      )}
    </span>
  );
}

function Duration({ run }: { run: RunRow }) {
  const now = useNow();
  if (run.finishedAt === null && now === null) return null;
  const seconds = durationOf(run, now ?? new Date(0));
  return (
    <span className="flex items-center gap-2">
      <span className="min-w-20 type-value whitespace-nowrap">{durationWords(seconds)}</span>
      <DurationBar seconds={seconds} usual={run.usual} />
    </span>
  );
}

function Figure({ value }: { value: number | null }) {
  if (value === null) return <span className="text-ink-3">–</span>;
  return formatCount(value);
}

/** (1, "Conflicts") => "1 conflict" */
function countWords(value: number, label: string): string {
  const noun = label.toLowerCase();
  return `${formatCount(value)} ${value === 1 ? noun.replace(/s$/, "") : noun}`;
}
