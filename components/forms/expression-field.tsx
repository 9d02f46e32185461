"use client";

import { FUNCTIONS } from "../../server/core/expressions/functions.ts";
import { type ExpressionProblem, placeIn } from "../../server/core/expressions/parse.ts";
import { LIMITS } from "../../server/core/limits.ts";
import { Field } from "../ui/field.tsx";
import { Textarea } from "../ui/textarea.tsx";

export type VocabularyEntry = { form: string; about: string };

type ExpressionFieldProps = {
  label: string;
  hint: string;
  text: string;
  problem: ExpressionProblem | null;
  /** What it may speak of. */
  names: readonly VocabularyEntry[];
  disabled: boolean;
  onChange: (text: string) => void;
  onBlur: () => void;
};

/** An expression, what is wrong with it and where, and what may stand in it. */
export function ExpressionField(props: ExpressionFieldProps) {
  const { label, hint, text, problem, names, disabled, onChange, onBlur } = props;
  return (
    <>
      <Field label={label} hint={hint} error={problem === null ? undefined : told(text, problem)}>
        <Textarea
          mono
          spellCheck={false}
          autoCapitalize="off"
          autoCorrect="off"
          maxLength={LIMITS.expressionCharactersMax}
          value={text}
          disabled={disabled}
          onChange={onChange}
          onBlur={onBlur}
        />
      </Field>
      {problem !== null && <Marked {...{ text, problem }} />}
      <Vocabulary names={names} />
    </>
  );
}

function told(text: string, { message, from }: ExpressionProblem): string {
  if (text.trim() === "") return message;
  const { line, column } = placeIn(text, from);
  return `Line ${line}, column ${column}: ${message}`;
}

/** The line with the mistake, and the mistake in it. */
function Marked({ text, problem }: { text: string; problem: ExpressionProblem }) {
  const start = text.lastIndexOf("\n", problem.from - 1) + 1;
  const next = text.indexOf("\n", problem.from);
  const end = next < 0 ? text.length : next;
  const to = Math.min(Math.max(problem.to, problem.from), end);
  if (text.trim() === "") return null;
  return (
    <p aria-hidden="true" className="wrap-anywhere whitespace-pre-wrap type-value text-ink-2">
      {text.slice(start, problem.from)}
      <mark className="rounded-sm bg-fail-bg text-fail underline decoration-wavy underline-offset-4">
        {text.slice(problem.from, to) || " "}
      </mark>
      {text.slice(to, end)}
    </p>
  );
}

/** Names and functions, for whoever does not know them by heart. */
function Vocabulary({ names }: { names: readonly VocabularyEntry[] }) {
  return (
    <details className="type-small text-ink-2">
      <summary className="cursor-pointer type-label text-ink">What may stand there</summary>
      <dl className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-1 pt-2">
        {names.map(({ form, about }) => (
          <Entry key={form} {...{ form, about }} />
        ))}
        <Entry form="a ? b : c" about="b where a holds, else c." />
        <Entry form="== != < <= > >= in" about="Compares. Texts have no order." />
        <Entry form="&& || !" about="And, or, not." />
        <Entry form="+ - * / %" about="Counts exactly; + joins texts and lists too." />
        <Entry form="list[0]" about="The first of a list." />
        <Entry form="list.filter(x, …)" about="Those for which it holds; map, all, exists alike." />
        <Entry form="has(value)" about="Is there a value?" />
        {FUNCTIONS.map(({ form, about }) => (
          <Entry key={form} form={form} about={about} />
        ))}
      </dl>
    </details>
  );
}

function Entry({ form, about }: VocabularyEntry) {
  return (
    <>
      <dt className="type-value text-ink">{form}</dt>
      <dd>{about}</dd>
    </>
  );
}
