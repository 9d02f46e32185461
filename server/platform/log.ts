import type { Clock } from "./clock.ts";

const LOG_LEVELS = ["debug", "info", "warn", "error"] as const;
type LogLevel = (typeof LOG_LEVELS)[number];
type Fields = Readonly<Record<string, unknown>>;

/** Writes what happened, one line per event. Secrets are left out (see `createLog`). */
export interface Log {
  debug(message: string, fields?: Fields): void;
  info(message: string, fields?: Fields): void;
  warn(message: string, fields?: Fields): void;
  error(message: string, fields?: Fields): void;

  /** A log that adds `fields` to each of its lines. */
  with(fields: Fields): Log;
}

export interface LogOptions {
  clock: Pick<Clock, "now">;
  level: LogLevel;
  format: "json" | "text";
  /** Values that must not appear anywhere in a line, for instance the installation's secret. */
  secrets?: readonly string[];
  /** Takes one line without its line end. Standard output if absent. */
  write?: (line: string) => void;
}

const REDACTED = "[secret]";
const SECRET_NAME = /password|passwd|secret|token|authorization|cookie|api.?key|credential/i;

/** `postgres://user:password@host` in a text: the part between the user and the host. */
const URL_PASSWORD = /(\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@]*):[^\s/@]+@/gi;

/** Shorter values are too common to be blotted out of every line. */
const SECRET_LENGTH_MIN = 6;

/**
 * Makes a log. It leaves out fields whose name sounds like a secret, passwords in addresses, and
 * the values given as `secrets`, wherever they stand.
 */
export function createLog(options: LogOptions): Log {
  const write = options.write ?? ((line: string) => process.stdout.write(`${line}\n`));
  const secrets = (options.secrets ?? []).filter((text) => text.length >= SECRET_LENGTH_MIN);
  const format = options.format === "json" ? formatJson : formatText;
  const lowest = LOG_LEVELS.indexOf(options.level);

  const make = (bound: Fields): Log => {
    const at =
      (level: LogLevel) =>
      (message: string, fields: Fields = {}) => {
        if (LOG_LEVELS.indexOf(level) < lowest) return;
        const time = options.clock.now().toISOString();
        const line = format(time, level, message, { ...bound, ...fields });
        write(blot(line, secrets));
      };
    return {
      debug: at("debug"),
      info: at("info"),
      warn: at("warn"),
      error: at("error"),
      with: (fields) => make({ ...bound, ...fields }),
    };
  };
  return make({});
}

function formatJson(time: string, level: LogLevel, message: string, fields: Fields): string {
  return JSON.stringify({ time, level, message, ...fields }, withoutSecrets());
}

function formatText(time: string, level: LogLevel, message: string, fields: Fields): string {
  const plain: Fields = JSON.parse(JSON.stringify(fields, withoutSecrets()));
  const pairs = Object.entries(plain).map(([name, value]) => ` ${name}=${JSON.stringify(value)}`);
  return `${time.slice(11, 23)} ${level.padEnd(5)} ${message}${pairs.join("")}`;
}

/** A replacer for `JSON.stringify` that copes with whatever a field may hold. */
function withoutSecrets(): (name: string, value: unknown) => unknown {
  const seen = new WeakSet<object>();
  return (name, value) => {
    if (SECRET_NAME.test(name) && value !== null && value !== undefined) return REDACTED;
    if (typeof value === "bigint") return value.toString();
    if (typeof value !== "object" || value === null) return value;
    if (seen.has(value)) return "[seen above]";
    seen.add(value);
    return value instanceof Error ? describeError(value) : value;
  };
}

function describeError(error: Error): Fields {
  const { name, message, stack, cause } = error;
  const code = "code" in error ? { code: error.code } : {};
  return { name, message, ...code, stack, ...(cause === undefined ? {} : { cause }) };
}

function blot(line: string, secrets: readonly string[]): string {
  const plain = line.replace(URL_PASSWORD, `$1:${REDACTED}@`);
  return secrets.reduce((text, secret) => text.replaceAll(secret, REDACTED), plain);
}
