import type { EntityDiff, FieldDiff, MapDiff, RuleChange } from "../../../server/core/map/diff.ts";
import { Button } from "../../ui/button.tsx";
import { cx } from "../../ui/cx.ts";
import { Icon } from "../../ui/icon.tsx";
import type { IconName } from "../../ui/icon-paths.ts";

type MapDiffViewProps = {
  diff: Pick<MapDiff, "entities">;
  /** Nothing has changed: what is said then. */
  empty: string;
  /** Brings back what was said before, where that can be done here. */
  bringBack?: BringBack | undefined;
};

export type BringBack = {
  readonly act: (change: RuleChange) => void;
  readonly disabledReason: string | undefined;
};

/**
 * What changed between two maps, in sentences: entity, then field, then rule, each with what was
 * said before and after.
 *
 * <MapDiffView diff={diff} empty="The two versions say the same." />
 */
export function MapDiffView({ diff, empty, bringBack }: MapDiffViewProps) {
  if (diff.entities.length === 0) return <p className="px-4 py-4 type-body text-ink-2">{empty}</p>;
  return diff.entities.map((entity) => (
    <EntityPart key={entity.entity ?? "systems"} {...{ entity, bringBack }} />
  ));
}

type PartProps = { bringBack: BringBack | undefined };

function EntityPart({ entity, bringBack }: PartProps & { entity: EntityDiff }) {
  return (
    <section aria-label={entity.title} className="border-rule border-b last:border-b-0">
      <h3 className="sticky top-0 z-[1] bg-enamel px-4 py-2 type-node">{entity.title}</h3>
      {entity.fields.map((field) => (
        <FieldPart key={field.field ?? "whole"} {...{ field, bringBack }} />
      ))}
    </section>
  );
}

function FieldPart({ field, bringBack }: PartProps & { field: FieldDiff }) {
  return (
    <div className="grid grid-cols-1 gap-x-4 border-rule/60 border-t px-4 py-2 md:grid-cols-[10rem_minmax(0,1fr)]">
      <h4 className="py-1 type-label">{field.field === null ? "As a whole" : field.title}</h4>
      <ul className="flex min-w-0 flex-col">
        {field.changes.map((change) => (
          <ChangeLine key={`${change.rule} ${change.sentence}`} {...{ change, bringBack }} />
        ))}
      </ul>
    </div>
  );
}

const SIGNS: Record<RuleChange["kind"], { icon: IconName | null; tone: string; name: string }> = {
  added: { icon: "plus", tone: "text-add", name: "Added" },
  removed: { icon: "minus", tone: "text-rem", name: "Removed" },
  changed: { icon: "edit", tone: "text-ink", name: "Changed" },
  same: { icon: null, tone: "text-ink-3", name: "Unchanged" },
};

function ChangeLine({ change, bringBack }: PartProps & { change: RuleChange }) {
  const { kind, sentence, before, after } = change;
  const { icon, tone } = SIGNS[kind];
  return (
    <li className="flex min-w-0 gap-2 py-1">
      <span className={cx("flex h-5 w-4 shrink-0 items-center", tone)}>
        {icon !== null && <Icon name={icon} size={14} />}
      </span>
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <p className={cx("break-words type-body", kind === "same" && "text-ink-2")}>{sentence}</p>
        {kind === "same" ? (
          <p className="break-words type-small text-ink-2">{after}</p>
        ) : (
          <BeforeAfter before={before} after={after} isWhole={kind !== "changed"} />
        )}
      </div>
      {bringBack !== undefined && kind !== "same" && (
        <Button
          size="sm"
          variant="quiet"
          icon="undo"
          aria-label={`Bring back: ${sentence}`}
          disabledReason={bringBack.disabledReason}
          onClick={() => bringBack.act(change)}
        >
          Bring back
        </Button>
      )}
    </li>
  );
}

type BeforeAfterProps = { before: string | null; after: string | null; isWhole: boolean };

/** The words of a rule before and after; of something new or gone only the one there is. */
function BeforeAfter({ before, after, isWhole }: BeforeAfterProps) {
  if (isWhole && (before ?? after ?? "") === "") return null;
  return (
    <div className="flex min-w-0 flex-col gap-0.5">
      {before !== null && (
        <del className="w-fit max-w-full break-words bg-rem-bg px-1 type-small decoration-rem">
          {before}
        </del>
      )}
      {after !== null && (
        <ins className="w-fit max-w-full break-words bg-add-bg px-1 type-small no-underline">
          {after}
        </ins>
      )}
    </div>
  );
}
