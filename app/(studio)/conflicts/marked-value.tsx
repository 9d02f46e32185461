import { diffText } from "../../../components/values/diff-text.ts";
import { FieldValue } from "../../../components/values/field-value.tsx";
import { valueState, valueText } from "../../../components/values/value-text.ts";
import type { FieldType, FieldValue as Value } from "../../../server/core/values/field-value.ts";

type MarkedValueProps = {
  value: Value;
  /** What it is compared with; undefined: nothing to compare with. */
  against: Value | undefined;
  type?: FieldType | undefined;
};

/** Longer texts are cut before they are compared and drawn. */
const COMPARED_CHARACTERS_MAX = 2_000;

/** A value whole, with the characters marked that differ from another one. */
export function MarkedValue({ value, against, type }: MarkedValueProps) {
  if (valueState(value) !== "value") return <FieldValue value={value} type={type} />;
  const text = valueText(value);
  const shown = text.slice(0, COMPARED_CHARACTERS_MAX);
  const other = valueState(against) === "value" ? valueText(against) : shown;
  const { after } = diffText(other.slice(0, COMPARED_CHARACTERS_MAX), shown);
  let start = 0;
  return (
    <span className="break-words type-value whitespace-pre-wrap">
      {after.map((part) => {
        const key = start;
        start += part.text.length;
        return part.changed ? (
          <ins key={key} className="bg-add-bg underline decoration-add underline-offset-2">
            {part.text}
          </ins>
        ) : (
          <span key={key}>{part.text}</span>
        );
      })}
      {text.length > COMPARED_CHARACTERS_MAX && "…"}
    </span>
  );
}
