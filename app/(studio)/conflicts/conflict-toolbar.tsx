"use client";

import { Button } from "../../../components/ui/button.tsx";
import { formatCount } from "../../../components/ui/count.tsx";
import { Segmented } from "../../../components/ui/segmented.tsx";
import { type Option, Select } from "../../../components/ui/select.tsx";
import { Toolbar } from "../../../components/ui/toolbar.tsx";
import { LineBullet } from "../../../components/values/line-bullet.tsx";
import type { ConflictFilter, QuestionPage } from "./conflict-filter.ts";
import { placeWords } from "./queue-rows.ts";

type ConflictToolbarProps = {
  filter: ConflictFilter;
  setFilter: (changes: Partial<ConflictFilter>) => unknown;
  page: QuestionPage | undefined;
  decided: number;
  /** Open questions that match, without those decided here. */
  left: number;
  /** Answers that the server does not have yet. */
  sending: number;
};

const ALL = "all";

/** What of the queue is shown, in which order, and how far one has come. */
export function ConflictToolbar(props: ConflictToolbarProps) {
  const { filter, setFilter, page, decided, left, sending } = props;
  const { kind, entity, field } = filter;
  const place = [kind, entity, field].every((part) => part === null)
    ? ALL
    : placeKey({ kind, entity, field });
  const places = placeOptions(page);
  const isKnown = places.some(({ value }) => value === place);
  return (
    <Toolbar label="Filters" end={<Progress {...{ decided, left, sending }} />}>
      <div className="w-52">
        <Select
          label="About"
          options={isKnown ? places : [...places, { value: place, label: wordsOf(filter, page) }]}
          value={place}
          onChange={(next) => setFilter({ ...placeOf(next), question: null })}
        />
      </div>
      <div className="w-40">
        <Select
          label="System"
          options={[{ value: ALL, label: "Every system" }, ...systemOptions(page)]}
          value={filter.system ?? ALL}
          onChange={(next) => setFilter({ system: next === ALL ? null : next, question: null })}
        />
      </div>
      <Segmented
        label="Order"
        options={[
          { value: "field", label: "By field" },
          { value: "record", label: "By record" },
          { value: "age", label: "Oldest first" },
        ]}
        value={filter.order}
        onChange={(order) => setFilter({ order })}
      />
      {(place !== ALL || filter.system !== null) && (
        <Button
          size="sm"
          variant="quiet"
          icon="close"
          onClick={() => setFilter({ kind: null, entity: null, field: null, system: null })}
        >
          Clear
        </Button>
      )}
    </Toolbar>
  );
}

function Progress({ decided, left, sending }: { decided: number; left: number; sending: number }) {
  const words =
    decided === 0
      ? `${formatCount(left)} open`
      : `${formatCount(decided)} of ${formatCount(decided + left)} decided`;
  return (
    <span className="flex gap-3 type-small text-ink-2 tabular-nums">
      {sending > 0 && <span>Sending {formatCount(sending)}…</span>}
      <span>{words}</span>
    </span>
  );
}

type Place = Pick<ConflictFilter, "kind" | "entity" | "field">;

function placeKey({ kind, entity, field }: Place): string {
  return [kind, entity, field].map((part) => part ?? "").join("/");
}

function placeOf(key: string): Place {
  if (key === ALL) return { kind: null, entity: null, field: null };
  const [kind = "", entity = "", field = ""] = key.split("/");
  return {
    kind: kind === "" ? null : (kind as ConflictFilter["kind"]),
    entity: entity === "" ? null : entity,
    field: field === "" ? null : field,
  };
}

function placeOptions(page: QuestionPage | undefined): Option[] {
  const places = (page?.sorts ?? []).map((sort) => ({
    value: placeKey(sort),
    label: `${placeWords(sort, page?.entities ?? [])} (${formatCount(sort.count)})`,
  }));
  return [{ value: ALL, label: "Everything" }, ...places];
}

/** A filter that came with a link and is no sort of question in the queue. */
function wordsOf({ entity, field, kind }: Place, page: QuestionPage | undefined): string {
  const entities = (page?.entities ?? []).filter(({ id }) => entity === null || id === entity);
  const named = entities.flatMap(({ fields }) => fields).find(({ id }) => id === field);
  const parts = [
    entity === null ? null : (entities[0]?.name ?? entity),
    field === null ? null : (named?.name ?? field),
    kind === null || field !== null ? null : KIND_NAMES[kind],
  ];
  return parts.filter((part) => part !== null).join(", ");
}

const KIND_NAMES = { field: "every field", identity: "identity", delete: "deleted rows" } as const;

function systemOptions(page: QuestionPage | undefined): Option[] {
  return (page?.systems ?? []).map((system) => ({
    value: system.id,
    label: system.name,
    mark: <LineBullet system={system} quiet />,
  }));
}
