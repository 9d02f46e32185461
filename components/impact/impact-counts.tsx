import type { Impact, RowChange } from "../../server/core/impact/impact.ts";
import { estimateOf, rangeOf, rowsLookedAt } from "../../server/core/impact/interval.ts";
import { systemName } from "../../server/core/map/place.ts";
import { formatCount } from "../ui/count.tsx";
import { cx } from "../ui/cx.ts";
import { Table, Td, Th } from "../ui/table.tsx";
import { LineBullet } from "../values/line-bullet.tsx";
import type { Shown } from "./impact-rows.tsx";
import { CHANGE_WORDS, rangeText } from "./impact-words.ts";
import type { PreviewedMap } from "./use-preview.ts";

type ImpactCountsProps = {
  impact: Impact;
  map: PreviewedMap;
  shown: Shown;
  setShown: (shown: Shown) => void;
};

/** Rows in the order of how much one wants to look at them. */
const COLUMNS = ["created", "changed", "deleted", "blocked"] as const;

/** How many rows become what, system by system. A number chooses the rows that are shown below. */
export function ImpactCounts({ impact, map, shown, setShown }: ImpactCountsProps) {
  const { hub, systems, evaluated } = impact;
  const cell = (system: string | null, change: RowChange, count: Range) => (
    <CountCell
      key={change}
      {...{ count, change }}
      of={system === null ? "the hub" : systemName(map, system)}
      isShown={shown.change === change && shown.system === system}
      onShow={() => setShown({ change, system })}
    />
  );
  const ofHub = (count: number) => rangeOf(evaluated, count, evaluated.records);
  const isSample = evaluated.records < evaluated.of;
  return (
    <Table label="Rows by system">
      <thead>
        <tr>
          <Th>Where</Th>
          {COLUMNS.map((name) => (
            <Th key={name} numeric>
              {CHANGE_WORDS[name]}
            </Th>
          ))}
          <Th numeric>Unchanged</Th>
          <Th numeric title="Calls that write; reading is not counted">
            Calls
          </Th>
        </tr>
      </thead>
      <tbody>
        <tr>
          <Td>Hub records</Td>
          {cell(null, "created", ofHub(hub.created))}
          {cell(null, "changed", ofHub(hub.changed))}
          {cell(null, "deleted", ofHub(hub.deleted))}
          <Td numeric />
          <Td numeric />
          <Td numeric />
        </tr>
        {systems.map((one) => {
          const count = (name: "unchanged" | RowChange) =>
            rangeOf(evaluated, one[name], rowsLookedAt(one));
          return (
            <tr key={one.system}>
              <Td>
                <SystemMark map={map} id={one.system} />
              </Td>
              {COLUMNS.map((name) => cell(one.system, name, count(name)))}
              <Td numeric className="text-ink-2">
                {rangeText(count("unchanged"))}
              </Td>
              <Td numeric className="text-ink-2">
                {isSample && one.calls > 0 && "about "}
                {formatCount(estimateOf(evaluated, one.calls))}
              </Td>
            </tr>
          );
        })}
      </tbody>
    </Table>
  );
}

type Range = { readonly low: number; readonly high: number };

type CountCellProps = {
  count: Range;
  change: RowChange;
  of: string;
  isShown: boolean;
  onShow: () => void;
};

const TONES: Readonly<Record<RowChange, string>> = {
  created: "text-add",
  changed: "text-ink",
  deleted: "text-rem",
  blocked: "text-warn",
};

function CountCell({ count, change, of, isShown, onShow }: CountCellProps) {
  if (count.high === 0) {
    return (
      <Td numeric className="text-ink-3">
        0
      </Td>
    );
  }
  const text = rangeText(count);
  return (
    <Td numeric>
      <button
        type="button"
        aria-pressed={isShown}
        aria-label={`${text} ${CHANGE_WORDS[change].toLowerCase()} of ${of}: show them`}
        onClick={onShow}
        className={cx(
          "min-h-6 min-w-6 rounded-bullet px-1 underline decoration-rule-strong",
          "underline-offset-2 hover:bg-sunk aria-pressed:bg-sunk",
          TONES[change],
        )}
      >
        {text}
      </button>
    </Td>
  );
}

function SystemMark({ map, id }: { map: PreviewedMap; id: string }) {
  const system = map.systems.find((one) => one.id === id);
  return (
    <span className="flex items-center gap-2">
      {system && <LineBullet system={system} quiet />}
      {systemName(map, id)}
    </span>
  );
}
