import { z } from "zod";
import { FailureError } from "../../core/run/failure.ts";
import { PostgresSettings } from "./settings.ts";

const DEFAULTS = { changedAt: "updated_at", askSeconds: 5, lateSeconds: 60, sweepMinutes: 60 };

export const PolledSettings = PostgresSettings.extend({
  user: z.string().optional().describe("Reads and writes rows; postgres when left out."),
  changedAt: z
    .string()
    .optional()
    .describe(
      "Says when a row was changed last; updated_at when left out. Tables without it are swept.",
    )
    .meta({ title: "Column of the last change" }),
  madeAt: z
    .string()
    .optional()
    .describe(
      "Says when a row was made, so that one with the id of a deleted row is known for another.",
    )
    .meta({ title: "Column of a row’s making" }),
  askSeconds: z.coerce
    .number()
    .min(0.2)
    .max(86_400)
    .optional()
    .describe("How often it is asked what has changed; every 5 seconds when left out.")
    .meta({ title: "Ask every so many seconds" }),
  lateSeconds: z.coerce
    .number()
    .min(0)
    .max(86_400)
    .optional()
    .describe("So long may a transaction take until its rows are seen; 60 when left out.")
    .meta({ title: "Longest transaction, in seconds" }),
  sweepMinutes: z.coerce
    .number()
    .min(0.01)
    .max(44_640)
    .optional()
    .describe(
      "How often all rows are read, which finds deleted ones; every 60 minutes when left out.",
    )
    .meta({ title: "Sweep every so many minutes" }),
  staleSeconds: z.coerce
    .number()
    .min(0)
    .max(600)
    .optional()
    .describe("So far may what is read be behind, as where a replica answers; 0 when left out.")
    .meta({ title: "Reads lag by at most, in seconds" }),
});

export type Polling = {
  readonly changedAt: string;
  /** Null where nothing says when a row was made. */
  readonly madeAt: string | null;
  readonly askMs: number;
  readonly lateMs: number;
  readonly sweepMs: number;
  readonly staleMs: number;
};

/** @throws FailureError when the settings are not of this form */
export function pollingOf(settings: Record<string, unknown>): Polling {
  const parsed = PolledSettings.safeParse(settings);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const detail = `The setting ${issue?.path.join(".") ?? ""} is not valid: ${issue?.message}.`;
    throw new FailureError({ kind: "rejected", detail });
  }
  const { changedAt, madeAt, askSeconds, lateSeconds, sweepMinutes, staleSeconds } = parsed.data;
  return {
    changedAt: changedAt ?? DEFAULTS.changedAt,
    madeAt: madeAt ?? null,
    askMs: (askSeconds ?? DEFAULTS.askSeconds) * 1_000,
    lateMs: (lateSeconds ?? DEFAULTS.lateSeconds) * 1_000,
    sweepMs: (sweepMinutes ?? DEFAULTS.sweepMinutes) * 60_000,
    staleMs: (staleSeconds ?? 0) * 1_000,
  };
}
