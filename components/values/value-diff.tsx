"use client";

import type { ClipboardEvent, ReactNode } from "react";
import type { FieldValue as Value } from "../../server/core/values/field-value.ts";
import { cx } from "../ui/cx.ts";
import { Icon } from "../ui/icon.tsx";
import { abridge, type DiffPart, diffText } from "./diff-text.ts";
import { FieldValue } from "./field-value.tsx";
import { valueState, valueText } from "./value-text.ts";

type ValueDiffProps = {
  before: Value | undefined;
  after: Value | undefined;
  /** Bullets of whoever held the two values. */
  beforeMark?: ReactNode;
  afterMark?: ReactNode;
  /** On one line, cut at its end: for rows of a list. */
  line?: boolean | undefined;
};

/** Longer texts are cut before they are compared and drawn. */
const COMPARED_CHARACTERS_MAX = 2_000;

/**
 * What a value was and what it became, with the changed characters marked: struck out before the
 * arrow, underlined after it. Copying yields "a -> b".
 *
 * <ValueDiff before="Rue 12" after="Rue 14" />
 */
export function ValueDiff({ before, after, beforeMark, afterMark, line }: ValueDiffProps) {
  const whole = valueState(before) !== "value" || valueState(after) !== "value";
  const diff = diffText(
    valueText(before).slice(0, COMPARED_CHARACTERS_MAX),
    valueText(after).slice(0, COMPARED_CHARACTERS_MAX),
  );
  const shown = line === true ? abridge(diff) : diff;
  const onCopy = (event: ClipboardEvent) => {
    event.preventDefault();
    event.clipboardData.setData("text/plain", `${valueText(before)} -> ${valueText(after)}`);
  };
  return (
    <span
      onCopy={onCopy}
      className={cx(
        "inline-flex min-w-0 max-w-full items-center gap-x-1.5 gap-y-0.5 align-middle",
        line !== true && "flex-wrap",
      )}
    >
      {beforeMark}
      <span className="sr-only">from</span>
      {whole ? (
        <FieldValue value={before} className={GONE} />
      ) : (
        <Side parts={shown.before} whole={valueText(before)} mark="del" line={line} />
      )}
      <Icon name="arrow-right" size={14} className="text-ink-3" />
      <span className="sr-only">to</span>
      {afterMark}
      {whole ? (
        <FieldValue value={after} className={NEW} />
      ) : (
        <Side parts={shown.after} whole={valueText(after)} mark="ins" line={line} />
      )}
    </span>
  );
}

const GONE = "bg-rem-bg line-through decoration-rem";
const NEW = "bg-add-bg underline decoration-add underline-offset-2";

type SideProps = {
  parts: readonly DiffPart[];
  /** The value as it is, for the pointer that rests on it. */
  whole: string;
  mark: "del" | "ins";
  line: boolean | undefined;
};

function Side({ parts, whole, mark: Mark, line }: SideProps) {
  return (
    <span
      className={cx("min-w-0 type-value", line === true ? "truncate" : "break-words")}
      title={whole.slice(0, COMPARED_CHARACTERS_MAX)}
    >
      {placed(parts).map((part) =>
        part.changed ? (
          <Mark key={part.start} className={Mark === "del" ? GONE : NEW}>
            {part.text}
          </Mark>
        ) : (
          <span key={part.start}>{part.text}</span>
        ),
      )}
    </span>
  );
}

/** Each part with the place where it starts, which is its identity. */
function placed(parts: readonly DiffPart[]): (DiffPart & { start: number })[] {
  let start = 0;
  return parts.map((part) => {
    const here = { ...part, start };
    start += part.text.length;
    return here;
  });
}
