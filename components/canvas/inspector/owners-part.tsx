"use client";

import type { MapSystem, Rights } from "../../../server/core/map/document.ts";
import { ownershipWords } from "../../../server/core/map/field-words.ts";
import type { Decided } from "../../../server/core/map/groups.ts";
import { Button } from "../../ui/button.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { Select } from "../../ui/select.tsx";
import { LineBullet } from "../../values/line-bullet.tsx";
import { useEditor } from "../editor-context.ts";
import { PanelPart } from "./panel.tsx";
import { changed, moved, type Rank, ranksOf, ruleOf, withOwner, without } from "./tiers.ts";

type OwnersProps = {
  /** The field, or the group that it is decided in. */
  decided: Decided;
  /** What is shown: of one case, or what holds otherwise. Missing without any rule. */
  rights: Rights | undefined;
  /** Gets null when nobody is left in the list. */
  onChange: (rights: Rights | null) => void;
};

/** The ranked list of systems that may decide it. */
export function OwnersPart({ decided, rights, onChange }: OwnersProps) {
  const { document, entity, readOnly } = useEditor();
  const ranks = ranksOf(rights);
  const bound = new Set(
    document.bindings.filter((one) => one.entity === entity.id).map(({ system }) => system),
  );
  const others = document.systems.filter(
    ({ id }) => bound.has(id) && !ranks.some(({ system }) => system === id),
  );
  const set = (next: readonly Rank[]) => {
    const refused = rights?.refused ?? "revert";
    onChange(ruleOf(next, { refused, ...rights }));
  };
  const words = ownershipWords(document, entity.id, decided);
  return (
    <PanelPart title="Who decides">
      <p className="rounded-panel bg-sunk px-3 py-2 type-body" aria-live="polite">
        {decided.name}: {words}.
      </p>
      {ranks.length > 0 && (
        <ol className="flex flex-col gap-1">
          {ranks.map((rank, at) => (
            <RankLine
              key={rank.system}
              {...{ rank, at, ranks, set, isLocked: readOnly !== null }}
              system={document.systems.find(({ id }) => id === rank.system)}
            />
          ))}
        </ol>
      )}
      {others.length > 0 && (
        <ul className="flex flex-col gap-1">
          {others.map((system) => (
            <OtherLine key={system.id} {...{ system, ranks, set, readOnly }} />
          ))}
        </ul>
      )}
      {ranks.length > 0 && decided.ownership?.cases === undefined && (
        <Button
          size="sm"
          variant="quiet"
          className="self-start"
          disabledReason={readOnly ?? undefined}
          onClick={() => set([])}
        >
          Let every system decide
        </Button>
      )}
      {bound.size === 0 && (
        <p className="type-body text-ink-2">Connect an object first: nobody could decide.</p>
      )}
    </PanelPart>
  );
}

const WHENS = [
  { value: "always", label: "decides" },
  { value: "blank", label: "fills when blank" },
] as const;

type RankLineProps = {
  rank: Rank;
  at: number;
  ranks: readonly Rank[];
  system: MapSystem | undefined;
  isLocked: boolean;
  set: (ranks: readonly Rank[]) => void;
};

function RankLine({ rank, at, ranks, system, isLocked, set }: RankLineProps) {
  const name = system?.name ?? rank.system;
  const isOwner = ranks.slice(0, at + 1).every(({ isTied }, place) => place === 0 || isTied);
  const tie = rank.isTied ? "Rank it below" : "Give it the rank of the one above";
  return (
    <li className="flex flex-col gap-1 rounded-panel border border-rule py-1 pr-1 pl-2">
      <span className="flex min-h-7 items-center gap-2">
        <span className="w-4 shrink-0 text-right type-value text-ink-2">
          {rank.isTied ? "=" : rankNumber(ranks, at)}
        </span>
        {system && (
          <LineBullet
            system={system}
            size={20}
            as={isOwner && rank.when === "always" ? "owner" : "contributor"}
            quiet
          />
        )}
        <span className="min-w-0 flex-1 truncate type-label">{name}</span>
        {!isLocked && (
          <span className="flex">
            <IconButton
              icon="arrow-up"
              size="sm"
              label={`${name} higher`}
              disabledReason={at === 0 ? "It is the highest" : undefined}
              onClick={() => set(moved(ranks, at, at - 1))}
            />
            <IconButton
              icon={rank.isTied ? "unlink" : "link"}
              size="sm"
              label={`${tie}: ${name}`}
              disabledReason={at === 0 ? "There is none above it" : undefined}
              onClick={() => set(changed(ranks, at, { isTied: !rank.isTied }))}
            />
            <IconButton
              icon="close"
              size="sm"
              label={`${name} decides nothing`}
              onClick={() => set(without(ranks, rank.system))}
            />
          </span>
        )}
      </span>
      <span className="mb-1 ml-6 w-44">
        <Select
          label={`When ${name} decides`}
          options={WHENS}
          value={rank.when}
          disabled={isLocked}
          onChange={(when) => set(changed(ranks, at, { when }))}
        />
      </span>
    </li>
  );
}

function rankNumber(ranks: readonly Rank[], at: number): number {
  return ranks.slice(0, at + 1).filter(({ isTied }) => !isTied).length;
}

type OtherLineProps = {
  system: MapSystem;
  ranks: readonly Rank[];
  readOnly: string | null;
  set: (ranks: readonly Rank[]) => void;
};

/** A connected system that is not in the list. */
function OtherLine({ system, ranks, readOnly, set }: OtherLineProps) {
  const isRuled = ranks.length > 0;
  return (
    <li className="flex min-h-8 flex-wrap items-center gap-2 pl-8">
      <LineBullet system={system} size={20} as={isRuled ? "reader" : "contributor"} quiet />
      <span className="min-w-24 flex-1 type-label">
        {system.name}
        {isRuled && <span className="type-small text-ink-2"> decides nothing</span>}
      </span>
      <span className="flex gap-1">
        <Button
          size="sm"
          aria-label={`Make ${system.name} the owner`}
          disabledReason={readOnly ?? undefined}
          onClick={() => set(withOwner(ranks, system.id))}
        >
          Make owner
        </Button>
        {isRuled && (
          <Button
            size="sm"
            aria-label={`Let ${system.name} fill when blank`}
            disabledReason={readOnly ?? undefined}
            onClick={() => set([...ranks, { system: system.id, when: "blank", isTied: false }])}
          >
            Fill when blank
          </Button>
        )}
      </span>
    </li>
  );
}
