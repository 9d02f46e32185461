import type { z } from "zod";
import type { FieldType, FieldValue } from "../values/field-value.ts";
import { type TransformId, titleOf } from "./palette.ts";

/**
 * What a step makes of its values, or why it cannot: a code for machines, a sentence for people.
 */
export type StepResult =
  | { readonly ok: true; readonly values: readonly FieldValue[] }
  | StepProblem;

export type StepProblem = { readonly ok: false; readonly code: string; readonly message: string };

/**
 * lossless: both ways, nothing is lost · lossy: both ways, and what the way to the hub loses is
 * restored from the system's own previous values · one-way: there is no way back
 */
export const STEP_KINDS = ["lossless", "lossy", "one-way"] as const;
export type StepKind = (typeof STEP_KINDS)[number];

/**
 * A transform with its settings, ready to run: pure, and made once per map version.
 *
 * Forward is from the system to the hub. `previous` is what `forward` last got, null where there
 * is none; from it `backward` restores what `forward` loses. Two laws hold, and every transform is
 * tested for them: `backward(forward(x), x)` is `x`, and for every `v` that `forward` can give,
 * `backward(v, x)` refuses or `forward` gives `v` of it. Values that `forward` cannot give are
 * noticed by the edge, which reads back whatever it is about to write.
 *
 * What comes in may be spelled as its system spells it ("12.50"); what goes out is made canonical
 * by the field's type. A value that a step has nothing to say about (null, mostly also the empty
 * text) goes through as it is.
 */
export type CompiledStep = {
  readonly kind: StepKind;
  /** An edge that reads through it would be told nothing; missing: it may be read. */
  readonly writesOnly?: true;
  /** How many values `forward` takes; "each" treats any number of values one by one. */
  readonly inputs: number | "each";
  /** How many it gives; "each" as many as it takes. */
  readonly outputs: number | "each";
  forward(values: readonly FieldValue[]): StepResult;
  backward?(values: readonly FieldValue[], previous: readonly FieldValue[] | null): StepResult;
};

/** An example is documentation, and its transform's test. */
export type Example<Settings> = { readonly settings: Settings } & (
  | { readonly forward: readonly FieldValue[] }
  | { readonly backward: readonly FieldValue[]; readonly previous?: readonly FieldValue[] }
) &
  ({ readonly gives: readonly FieldValue[] } | { readonly fails: string });

type Definition<Schema extends z.ZodObject> = {
  /** Its file has the same name; title and group stand in the palette. */
  readonly id: TransformId;
  /** One line for the palette. */
  readonly summary: string;
  /** For the person who draws: what it does, what it does not, and when it asks. */
  readonly help: string;
  /** Types of the values that it can take from a system, and give to a field. */
  readonly accepts: readonly FieldType[];
  readonly returns: readonly FieldType[];
  readonly settings: Schema;
  /** What these settings do, in one plain sentence. */
  sentence(settings: z.output<Schema>): string;
  /** @returns a sentence when the settings contradict themselves */
  compile(settings: z.output<Schema>): CompiledStep | string;
  readonly examples: readonly Example<z.input<Schema>>[];
};

/** A transform as the rest of the product sees it: its settings are checked when it is prepared. */
export type Transform = Omit<Definition<z.ZodObject>, "sentence" | "compile" | "examples"> & {
  readonly title: string;
  prepare(settings: unknown): Prepared;
  readonly examples: readonly Example<unknown>[];
};

export type Prepared =
  | { readonly ok: true; readonly step: CompiledStep; readonly sentence: string }
  | { readonly ok: false; readonly problems: readonly SettingsProblem[] };

/** `place` names the setting: "factor", "rows[2].to"; "" means the settings as a whole. */
export type SettingsProblem = { readonly place: string; readonly message: string };

export function defineTransform<Schema extends z.ZodObject>(
  definition: Definition<Schema>,
): Transform {
  const { compile, sentence, ...description } = definition;
  return {
    ...description,
    title: titleOf(definition.id),
    prepare(settings) {
      const parsed = definition.settings.safeParse(settings, { reportInput: true });
      if (!parsed.success) return { ok: false, problems: parsed.error.issues.map(toProblem) };
      const step = compile(parsed.data);
      if (typeof step === "string") return { ok: false, problems: [{ place: "", message: step }] };
      return { ok: true, step, sentence: sentence(parsed.data) };
    },
  };
}

function toProblem(issue: z.core.$ZodIssue): SettingsProblem {
  const place = issue.path
    .map((key, index) => {
      if (typeof key === "number") return `[${key}]`;
      return index === 0 ? String(key) : `.${String(key)}`;
    })
    .join("");
  const isMissing = issue.code === "invalid_type" && issue.input === undefined;
  return { place, message: isMissing ? `"${place}" is missing.` : issue.message };
}

export function problem(code: string, message: string): StepProblem {
  return { ok: false, code, message };
}
