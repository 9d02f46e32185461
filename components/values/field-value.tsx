"use client";

import type { FieldType, FieldValue as Value } from "../../server/core/values/field-value.ts";
import { formatCount } from "../ui/count.tsx";
import { cx } from "../ui/cx.ts";
import { Popover } from "../ui/popover.tsx";
import { isRecordId, NamedRecord } from "./named-record.tsx";
import { type ValueState, valueState, valueText } from "./value-text.ts";

type FieldValueProps = {
  /** Undefined is absent: not observed. */
  value: Value | undefined;
  type?: FieldType | undefined;
  /** A long value gets a button that shows all of it. Leave out in rows of a long list. */
  expandable?: boolean | undefined;
  /** On as many as three lines, where two long values stand to be compared. */
  wrap?: boolean | undefined;
  className?: string | undefined;
};

/** More than this is never put into a row, whatever its length: a value may have a megabyte. */
const CUT_CHARACTERS = 240;
const SHOWN_CHARACTERS_MAX = 20_000;

/**
 * One canonical value, in the face that tells 0 from O, on one line. Null, empty and absent look
 * different from each other and from any text that spells them.
 *
 * <FieldValue value={{ amount: "9.99", currency: "EUR" }} type="money" />
 */
export function FieldValue({ value, type, expandable, wrap, className }: FieldValueProps) {
  const state = valueState(value);
  if (state !== "value") return <StateMark state={state} />;
  const text = valueText(value);
  const cut = text.length > CUT_CHARACTERS;
  return (
    <span className={cx("inline-flex min-w-0 max-w-full items-center gap-1", className)}>
      <span
        className={cx("type-value", wrap === true ? "line-clamp-3 wrap-anywhere" : "truncate")}
        title={titleOf(text, type)}
      >
        <Content value={value} text={cut ? `${text.slice(0, CUT_CHARACTERS)}…` : text} />
      </span>
      {expandable === true && text.length > EXPAND_FROM && <WholeText text={text} />}
    </span>
  );
}

/** Shorter values are read where they stand. */
const EXPAND_FROM = 60;

function Content({ value, text }: { value: Value | undefined; text: string }) {
  if (typeof value === "object" && value !== null && "amount" in value) {
    return (
      <>
        {value.amount}
        <span className="text-ink-2"> {"currency" in value ? value.currency : value.unit}</span>
      </>
    );
  }
  return isRecordId(text) ? <NamedRecord id={text} /> : <MarkedSpaces text={text} />;
}

/** White space at the ends differs and is never seen: draw it. */
function MarkedSpaces({ text }: { text: string }) {
  const start = text.length - text.trimStart().length;
  const end = text.trimEnd().length;
  if (start === 0 && end === text.length) return text;
  return (
    <>
      <Spaces count={start} />
      {text.slice(start, end)}
      <Spaces count={text.length - Math.max(start, end)} />
    </>
  );
}

function Spaces({ count }: { count: number }) {
  if (count === 0) return null;
  return (
    <span title={`${count} white space`} className="bg-warn-bg text-warn">
      {"␣".repeat(Math.min(count, 8))}
    </span>
  );
}

function titleOf(text: string, type: FieldType | undefined): string {
  if (type !== "instant") return text.slice(0, 1_000);
  const at = new Date(text);
  return Number.isNaN(at.getTime()) ? text : at.toUTCString();
}

const STATE_WORDS: Record<Exclude<ValueState, "value">, { word: string; title: string }> = {
  null: { word: "null", title: "Null: the system says that there is no value." },
  empty: { word: "empty", title: "Empty: there is a value and it has no content." },
  absent: { word: "absent", title: "Absent: not observed, nothing is known." },
};

const STATE_FORMS: Record<Exclude<ValueState, "value">, string> = {
  null: "border border-rule-strong",
  empty: "border border-rule-strong border-dashed",
  absent: "hatch-faint",
};

/** Null in a frame, empty in an open frame, absent hatched: three forms that no text has. */
function StateMark({ state }: { state: Exclude<ValueState, "value"> }) {
  return (
    <span
      title={STATE_WORDS[state].title}
      className={cx(
        "inline-flex h-5 w-fit shrink-0 items-center rounded-bullet px-1 type-small text-ink-2",
        STATE_FORMS[state],
      )}
    >
      {STATE_WORDS[state].word}
    </span>
  );
}

function WholeText({ text }: { text: string }) {
  const more = text.length > SHOWN_CHARACTERS_MAX;
  const label = `Show all ${formatCount(text.length)} characters`;
  const trigger = (
    <button
      type="button"
      aria-label={label}
      title={label}
      className="flex size-6 shrink-0 items-center justify-center rounded-control hover:bg-sunk"
    >
      <span aria-hidden className="type-value">
        …
      </span>
    </button>
  );
  return (
    <Popover trigger={trigger} title={`${formatCount(text.length)} characters`}>
      <div className="max-h-80 overflow-auto break-words whitespace-pre-wrap type-value">
        {text.slice(0, SHOWN_CHARACTERS_MAX)}
      </div>
      {more && (
        <p className="mt-2 type-small text-ink-2">
          The first {formatCount(SHOWN_CHARACTERS_MAX)} characters.
        </p>
      )}
    </Popover>
  );
}
