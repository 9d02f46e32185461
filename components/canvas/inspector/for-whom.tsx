"use client";

import { type ReactNode, useState } from "react";
import type { Field } from "../../../server/core/map/document.ts";
import { followEdit } from "../../../server/core/map/edits/splits.ts";
import { type Decided, groupOf } from "../../../server/core/map/groups.ts";
import {
  dimensionById,
  fieldsOfSplit,
  memberName,
  type OwnAspect,
  ownAspects,
  perWords,
  splitById,
} from "../../../server/core/map/splits.ts";
import { Button } from "../../ui/button.tsx";
import { Segmented } from "../../ui/segmented.tsx";
import { useEditor } from "../editor-context.ts";
import { PanelPart, Sentence } from "./panel.tsx";

type ForWhom = {
  /** What is said for all fields of the split; null: what is set is the field's own. */
  readonly all: (Decided & Pick<Field, "validation">) | null;
  /** Chooses between the two; nothing for a field of no split. */
  readonly part: ReactNode;
};

/**
 * Of a field that is one language's: whether what is set holds for all languages or for it alone.
 * It begins with what the field has now.
 */
export function useForWhom(field: Field, aspects: readonly OwnAspect[]): ForWhom {
  const { document, entity, apply, readOnly } = useEditor();
  const id = field.split?.of ?? "";
  const split = groupOf(entity, field.id) === undefined ? splitById(entity, id) : undefined;
  const own = split === undefined ? [] : ownAspects(split, field);
  const hasOwn = aspects.some((aspect) => own.includes(aspect));
  const [chosen, choose] = useState<"all" | "own" | null>(null);
  const value = chosen ?? (hasOwn ? "own" : "all");
  if (split === undefined) return { all: null, part: null };
  const dimension = dimensionById(document, split.per);
  const member = memberName(document, split, field);
  const fields = fieldsOfSplit(entity, id).map((one) => one.id);
  const all = { ...split, id, fields, group: false, forAll: true as const };
  const follow = followEdit(entity, field);
  const part = (
    <PanelPart title={perWords(document, split)}>
      <div className="flex">
        <Segmented
          label="For whom it is set"
          options={[
            { value: "all", label: `Every ${dimension?.name.toLowerCase() ?? split.per}` },
            { value: "own", label: `${member} alone` },
          ]}
          value={value}
          onChange={choose}
        />
      </div>
      <Sentence>{sentence(value, hasOwn, member)}</Sentence>
      {hasOwn && follow !== null && (
        <Button
          size="sm"
          variant="quiet"
          className="self-start"
          disabledReason={readOnly ?? undefined}
          onClick={() => apply(follow) && choose("all")}
        >
          Let {member} follow again
        </Button>
      )}
    </PanelPart>
  );
  return { all: value === "all" ? all : null, part };
}

function sentence(value: "all" | "own", hasOwn: boolean, member: string): string {
  if (value === "all") {
    return hasOwn
      ? `What is set here does not hold for ${member}, which has its own.`
      : "What is set here holds for all that have nothing of their own.";
  }
  return hasOwn
    ? `${member} has its own, whatever is set for the others.`
    : `${member} follows the others until something is set here.`;
}
