import type { Entity, Field, MapDocument } from "../../../server/core/map/document.ts";
import { LineBullet } from "../../values/line-bullet.tsx";
import { bulletRole, partsOf } from "../parts.ts";

type OwnerMarksProps = { document: MapDocument; entity: Entity; field: Field };

/** The systems of the field's highest rank; an open place where nobody decides it. */
export function OwnerMarks({ document, entity, field }: OwnerMarksProps) {
  const parts = [...partsOf(document, entity.id, field)];
  const owners = parts.filter(([, part]) => part === "owner");
  const shown = owners.length > 0 ? owners : parts;
  const [first, ...more] = shown;
  const system = document.systems.find(({ id }) => id === first?.[0]);
  return (
    <span className="flex w-9 shrink-0 items-center gap-0.5">
      {first !== undefined && system !== undefined ? (
        <LineBullet system={system} as={bulletRole(first[1])} />
      ) : (
        <span
          title="No system decides this field"
          className="inline-flex size-4 rounded-bullet border border-rule-strong border-dashed"
        />
      )}
      {more.length > 0 && <span className="type-small text-ink-2">+{more.length}</span>}
    </span>
  );
}
