import type { Command } from "commander";
import { z } from "zod";
import { suggestion } from "../../core/map/checks/problem.ts";
import type { MapDocument } from "../../core/map/document.ts";
import { splitHint } from "../../core/map/splits.ts";
import type { FieldValue } from "../../core/values/field-value.ts";
import { formatValue, quoteValue } from "../../core/values/format-value.ts";
import { readLiveVersion, readVersion } from "../../storage/maps.ts";
import {
  type AuditRow,
  isUuid,
  listAudit,
  recordHistory,
} from "../../storage/screens/command-line.ts";
import type { Answer, CliContext } from "../cli-context.ts";
import { define, type Runner, wholeNumber } from "../define.ts";
import { CliProblem, EXIT, unknown } from "../exit-code.ts";
import { findRecord } from "../find-record.ts";
import { type Explanation, explainField } from "../why/explain-field.ts";

const SHOWN_MAX = 50;

export function addHistoryCommands(program: Command, run: Runner): void {
  define(program, run, {
    usage: "why <entity> <record> <field>",
    summary: "where a value comes from: source, event, edge, rule, version, and what lost",
    options: z.object({}),
    act: (cli, [entity = "", record = "", field = ""]) => why(cli, entity, record, field),
  });
  define(program, run, {
    usage: "audit",
    summary: "the audit log, newest first",
    describe: (command) =>
      command
        .option("--record <id>", "only of this record")
        .option("--field <id>", "only of this field")
        .option("--system <id>", "only about this system")
        .option("--actor <name>", 'only by "system:erp", "person:ana@example.com", "engine"')
        .option("--kind <kind>", "only of this kind: accepted, rejected, stored …")
        .option("--after <time>", "only later than this, ISO 8601")
        .option("--limit <count>", "how many at most", wholeNumber, SHOWN_MAX),
    options: z.object({
      record: z.string().optional(),
      field: z.string().optional(),
      system: z.string().optional(),
      actor: z.string().optional(),
      kind: z.string().optional(),
      after: z.string().optional(),
      limit: z.number(),
    }),
    act: (cli, _words, options) => audit(cli, options),
  });
}

async function why(cli: CliContext, entity: string, name: string, field: string): Promise<Answer> {
  const { sql } = cli.hub;
  const record = await findRecord(cli, entity, name);
  const document = (await readLiveVersion(sql))?.document;
  const of = document?.entities.find((one) => one.id === entity);
  const fields = of?.fields ?? [];
  const found = fields.find((one) => one.id === field);
  const lines = await recordHistory(sql, record);
  const maps = await mapsOf(cli, lines);
  const explanation = explainField(lines, field, (version) => maps.get(version) ?? null);
  if (explanation === null) {
    if (found === undefined) {
      const ids = fields.map(({ id }) => id);
      const meant = document && of ? splitHint(document, of, field) : "";
      const hint = meant || suggestion(field, ids);
      throw new CliProblem(EXIT.usage, `${entity} has no field ${field}.${hint}`);
    }
    const line = `${found.name} never had a value: no line of the audit log tells one.`;
    return { data: { record, field, explanation: null }, lines: [line] };
  }
  const title = found?.name ?? field;
  return {
    data: { record, entity, field, ...explanation },
    lines: whyLines(title, record, explanation),
  };
}

/** The published maps that the lines name. */
async function mapsOf(
  { hub }: CliContext,
  lines: readonly AuditRow[],
): Promise<Map<number, MapDocument>> {
  const maps = new Map<number, MapDocument>();
  for (const number of new Set(lines.map(({ mapVersion }) => mapVersion))) {
    const version = await readVersion(hub.sql, number);
    if (version !== null) maps.set(number, version.document);
  }
  return maps;
}

function whyLines(title: string, record: string, of: Explanation): string[] {
  const written = of.writtenAt === null ? "" : ` (written ${of.writtenAt})`;
  const { event } = of;
  return [
    `${title} of ${record} is ${quoteValue(of.value)}`,
    `  from       ${of.by}${written}`,
    `  taken      ${of.at}, because ${of.because} (${of.rule})`,
    ...(of.path === null ? [] : [`  through    ${of.path}`]),
    ...(event === null
      ? []
      : [
          `  event      ${event.system} ${event.position ?? "?"}, transaction ${event.transaction ?? "?"}`,
        ]),
    ...(of.command === null ? [] : [`  act        ${of.command}`]),
    ...(of.conflict === null ? [] : [`  question   ${of.conflict}`]),
    `  map        version ${of.mapVersion}`,
    `  audit      ${of.line}`,
    ...(of.mergedInto === null
      ? []
      : [`  merged     into ${of.mergedInto.record} (${of.mergedInto.at}): it lives on there`]),
    ...of.lost.map(
      (lost) =>
        `  lost       ${quoteValue(lost.value)} from ${lost.from}: ${lost.what}, because ${lost.because}`,
    ),
    ...of.systems.map(
      ({ system, value, how, at }) => `  in ${system}  ${quoteValue(value)} (${how} ${at})`,
    ),
    ...(of.earlier === 0 ? [] : [`  It had ${of.earlier} other values before: fieldline audit`]),
  ];
}

type AuditOptions = {
  record?: string | undefined;
  field?: string | undefined;
  system?: string | undefined;
  actor?: string | undefined;
  kind?: string | undefined;
  after?: string | undefined;
  limit: number;
};

async function audit({ hub }: CliContext, options: AuditOptions): Promise<Answer> {
  const { record, after, limit } = options;
  if (record !== undefined && !isUuid(record)) throw unknown("record", record);
  if (after !== undefined && Number.isNaN(Date.parse(after))) {
    throw new CliProblem(EXIT.usage, `"${after}" is no time: write 2026-11-23T13:00:00Z.`);
  }
  const { field = null, system = null, actor = null, kind = null } = options;
  const list = await listAudit(hub.sql, {
    ...{ field, system, actor, kind, countMax: limit },
    record: record ?? null,
    after: after ?? null,
  });
  const lines = list.map(auditLine);
  return { data: list, lines: lines.length === 0 ? ["No line matches."] : lines };
}

function auditLine(row: AuditRow): string {
  const { at, actor, entity, record, field, kind, before, after, rule, losers } = row;
  const values = field === null ? groupWords(after) : `${shown(before)} → ${shown(after)}`;
  const lost = (losers ?? []).map(({ from, value }) => `${from} ${quoteValue(value)}`);
  const against = lost.length === 0 ? "" : `  against ${lost.join(", ")}`;
  const place = `${entity} ${record} ${field ?? ""}`.trimEnd();
  return `${at}  ${actor}  ${kind}  ${place}  ${values}${against}  (${rule}, v${row.mapVersion})`;
}

function shown(value: AuditRow["after"]): string {
  if (value === null) return "no value";
  if (typeof value === "object" && !Array.isArray(value) && !("amount" in value)) {
    return groupWords(value);
  }
  return quoteValue(value as FieldValue);
}

function groupWords(after: AuditRow["after"]): string {
  if (after === null || typeof after !== "object" || Array.isArray(after)) return "";
  return Object.entries(after)
    .map(([field, value]) => `${field}=${formatValue(value as FieldValue)}`)
    .join(", ");
}
