import type { Command } from "commander";
import { z } from "zod";
import { quoteValue } from "../../core/values/format-value.ts";
import { link, type RowName, unlink } from "../../engine/acts/link.ts";
import { setValue } from "../../engine/acts/set-value.ts";
import { readLiveVersion } from "../../storage/maps.ts";
import type { Answer, CliContext } from "../cli-context.ts";
import { define, type Runner } from "../define.ts";
import { enteredValue } from "../entered-value.ts";
import { CliProblem, EXIT, unknown } from "../exit-code.ts";
import { findRecord } from "../find-record.ts";

const BUSY = "A write to it is on its way. Try again in a moment; nothing was done.";

export function addLinkCommands(program: Command, run: Runner): void {
  define(program, run, {
    usage: "link <binding> <row> <record>",
    summary: "make a system's row (by its key) the row of a record",
    options: z.object({}),
    act: (cli, [binding = "", externalId = "", record = ""]) =>
      join(cli, { binding, externalId }, record),
  });
  define(program, run, {
    usage: "unlink <binding> <row>",
    summary: "part a system's row from its record",
    options: z.object({}),
    act: (cli, [binding = "", externalId = ""]) => part(cli, { binding, externalId }),
  });
  define(program, run, {
    usage: "set <entity> <record> <field> [value]",
    summary: "set the hub's value of a field; every system that receives it gets it",
    describe: (command) => command.option("--clear", "set no value"),
    options: z.object({ clear: z.boolean().default(false) }),
    act: (cli, [entity = "", record = "", field = "", value], { clear }) =>
      set(cli, { entity, record, field, value: clear ? null : value }),
  });
}

async function join(cli: CliContext, row: RowName, name: string): Promise<Answer> {
  const live = await readLiveVersion(cli.hub.sql);
  const binding = live?.document.bindings.find(({ id }) => id === row.binding);
  if (binding === undefined) throw unknown("binding", row.binding);
  const record = await findRecord(cli, binding.entity, name);
  const outcome = await link(cli, { ...row, record });
  switch (outcome.kind) {
    case "linked":
      return { data: outcome, lines: [`Linked: ${row.externalId} is a row of ${record} now.`] };
    case "already":
      return { data: outcome, lines: ["It is a row of this record already."] };
    case "taken": {
      const other = outcome.externalId === null ? "" : ` (${outcome.externalId})`;
      const message = `The record has another row there${other}. Unlink that one first.`;
      throw new CliProblem(EXIT.usage, message, outcome);
    }
    case "busy":
      throw new CliProblem(EXIT.moved, BUSY, outcome);
    default:
      throw unknown(outcome.what, outcome.what === "row" ? row.externalId : row.binding);
  }
}

async function part(cli: CliContext, row: RowName): Promise<Answer> {
  const outcome = await unlink(cli, row);
  switch (outcome.kind) {
    case "unlinked": {
      const own = outcome.record === null ? "" : ` It is the record ${outcome.record} now.`;
      return { data: outcome, lines: [`Unlinked from ${outcome.from}.${own}`] };
    }
    case "only-row":
      throw new CliProblem(EXIT.usage, "It is the record's only row: there is nothing to part.");
    case "busy":
      throw new CliProblem(EXIT.moved, BUSY, outcome);
    default:
      throw unknown(outcome.what, outcome.what === "row" ? row.externalId : row.binding);
  }
}

async function set(
  cli: CliContext,
  of: { entity: string; record: string; field: string; value: string | null | undefined },
): Promise<Answer> {
  if (of.value === undefined) throw new CliProblem(EXIT.usage, "Say a value, or --clear.");
  const record = await findRecord(cli, of.entity, of.record);
  const value = of.value === null ? null : await enteredValue(cli, of, of.value);
  const outcome = await setValue(cli, { record, field: of.field, value });
  switch (outcome.kind) {
    case "set":
      return { data: outcome, lines: [`${of.field} is ${quoteValue(outcome.value)} now.`] };
    case "same":
      return { data: outcome, lines: ["The hub has this value already."] };
    case "asked": {
      const message = `A question about it is open: ${outcome.conflict}. Resolve that instead.`;
      throw new CliProblem(EXIT.usage, message, outcome);
    }
    case "invalid":
      throw new CliProblem(EXIT.usage, `${outcome.message} Nothing was set.`, outcome);
    case "moved":
      throw new CliProblem(EXIT.moved, "The value has moved. Nothing was set.", outcome);
    default:
      throw unknown(outcome.what, outcome.what === "field" ? of.field : of.record);
  }
}
