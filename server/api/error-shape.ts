import type { TRPCDefaultErrorShape, TRPCError } from "@trpc/server";
import { z } from "zod";
import { Problem } from "./problem.ts";

/** What every failed call tells the browser. */
export type ErrorData = {
  code: TRPCDefaultErrorShape["data"]["code"];
  httpStatus: number;
  path: string | null;
  kind: string;
  fields: Readonly<Record<string, string>>;
  /** Set for faults of ours: the same text stands in the server's log. */
  reference: string | null;
};

/** Faults of ours by error object, so that the log and the answer say the same reference. */
const references = new WeakMap<Error, string>();

/**
 * Makes the answer of a failed call: a sentence, a kind, and the fields that do not fit. Texts of
 * unexpected errors stay on the server, because they may hold values and addresses.
 */
export function shapeError(error: TRPCError, shape: TRPCDefaultErrorShape) {
  const { code, httpStatus, path } = shape.data;
  const told = tell(error);
  const data: ErrorData = {
    code,
    httpStatus,
    path: path ?? null,
    kind: told.kind,
    fields: told.fields ?? {},
    reference: told.reference ?? null,
  };
  return { code: shape.code, message: told.message, data };
}

/** Whether a failed call is a fault of ours, to be logged with its stack. */
export function isFault(error: TRPCError): boolean {
  return error.code === "INTERNAL_SERVER_ERROR" && !(error instanceof Problem);
}

/** "R-7K2M9Q": short enough to read aloud; the log line of the same error carries it. */
export function referenceOf(error: Error): string {
  const known = references.get(error);
  if (known !== undefined) return known;
  const fresh = `R-${crypto.randomUUID().slice(0, 6).toUpperCase()}`;
  references.set(error, fresh);
  return fresh;
}

type Told = {
  message: string;
  kind: string;
  fields?: Readonly<Record<string, string>>;
  reference?: string;
};

function tell(error: TRPCError): Told {
  if (error instanceof Problem) {
    return { message: error.message, kind: error.kind, fields: error.fields };
  }
  if (error.cause instanceof z.ZodError) return tellFields(error.cause);
  if (!isFault(error)) return { message: error.message, kind: kindOf(error) };
  if (isDatabaseLost(error.cause)) {
    return {
      message:
        "The database does not answer. Nothing was changed by this request. " +
        "It is tried again by itself; if this stays, look at the server's log.",
      kind: "database-lost",
    };
  }
  const reference = referenceOf(error);
  return {
    message:
      "The server met a fault of its own and stopped this request. " +
      `What it had begun was rolled back. The log has the details under ${reference}.`,
    kind: "fault",
    reference,
  };
}

function kindOf(error: TRPCError): string {
  return error.code.toLowerCase().replaceAll("_", "-");
}

function tellFields(error: z.ZodError): Told {
  const fields: Record<string, string> = {};
  for (const issue of error.issues) {
    const path = issue.path.map(String).join(".");
    fields[path] ??= issue.message;
  }
  const places = Object.entries(fields).map(([path, message]) =>
    path === "" ? message : `${path}: ${message}`,
  );
  return {
    message: `This does not fit: ${places.join("; ")}. Nothing was changed.`,
    kind: "input",
    fields,
  };
}

const LOST = /^(ECONN(REFUSED|RESET)|EPIPE|ENOENT|CONNECT(ION_.*|_TIMEOUT)|57P0[123])$/;

/** A driver's error, or the query error around it, that says there is no database to ask. */
function isDatabaseLost(cause: unknown): boolean {
  if (!(cause instanceof Error)) return false;
  const code = "code" in cause ? String(cause.code) : "";
  return LOST.test(code) || isDatabaseLost(cause.cause);
}
