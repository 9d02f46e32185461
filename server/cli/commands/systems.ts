import type { Command } from "commander";
import { z } from "zod";
import type { CheckLine } from "../../connectors/connector.ts";
import { openSettings } from "../../connectors/sealed-settings.ts";
import { FailureError } from "../../core/run/failure.ts";
import { runBinding } from "../../engine/acts/run-binding.ts";
import { hubName } from "../../storage/hub-name.ts";
import { notify } from "../../storage/notify.ts";
import { findSystem, listSystems, readSchemas, savePauses } from "../../storage/systems.ts";
import { addSystem } from "../add-system.ts";
import type { Answer, CliContext } from "../cli-context.ts";
import { define, type Runner } from "../define.ts";
import { CliProblem, EXIT, unknown } from "../exit-code.ts";
import { removeNow } from "../remove-system.ts";
import { count, table } from "../table.ts";

export function addSystemCommands(program: Command, run: Runner): void {
  const systems = program.command("systems").description("the connected systems");
  define(systems, run, {
    usage: "list",
    summary: "list them",
    isDefault: true,
    options: z.object({}),
    act: (cli) => list(cli),
  });
  define(systems, run, {
    usage: "check <system>",
    summary: "try a system now: reach it, sign in, read, may it be written",
    options: z.object({}),
    act: (cli, [system = ""]) => check(cli, system),
  });
  define(systems, run, {
    usage: "add <system>",
    summary: "connect a system and name it in the draft",
    describe: (command) =>
      command
        .requiredOption("--connector <id>", "its kind")
        .requiredOption("--name <text>", "what people call it")
        .requiredOption("--code <letters>", "two letters for its mark")
        .option("--line <number>", "its colour, 1 to 12", "1")
        .option("--set <name=value...>", "a setting; a secret as name=env:VARIABLE"),
    options: z.object({
      connector: z.string(),
      name: z.string(),
      code: z.string(),
      line: z.coerce.number(),
      set: z.array(z.string()).default([]),
    }),
    act: (cli, [system = ""], options) => addSystem(cli, system, options),
  });
  define(systems, run, {
    usage: "remove <system>",
    summary: "forget a system that the live map does not bind, with what we made in it",
    describe: (command) =>
      command.option("--leave-behind", "although it does not answer: our slot stays in it"),
    options: z.object({ leaveBehind: z.boolean().default(false) }),
    act: (cli, [system = ""], { leaveBehind }) => removeNow(cli, system, leaveBehind),
  });
  for (const [verb, paused] of [
    ["pause", true],
    ["resume", false],
  ] as const) {
    define(systems, run, {
      usage: `${verb} <system>`,
      summary: `${verb} reading from a system and writing to it`,
      describe: (command) =>
        command.option("--reading", "only the reading").option("--writing", "only the writing"),
      options: z.object({
        reading: z.boolean().default(false),
        writing: z.boolean().default(false),
      }),
      act: (cli, [system = ""], options) => pause(cli, system, paused, options),
    });
  }
  define(program, run, {
    usage: "run <binding>",
    summary: "read a binding's object whole again",
    options: z.object({}),
    act: (cli, [binding = ""]) => runNow(cli, binding),
  });
  define(program, run, {
    usage: "user",
    summary: "make the first admin's sign-in link; the one before ends",
    options: z.object({}),
    act: (cli) => user(cli),
  });
}

async function list({ hub }: CliContext): Promise<Answer> {
  const [rows, schemas] = [await listSystems(hub.sql), await readSchemas(hub.sql)];
  // Secrets are not among the settings, and settings may still tell too much: names will do.
  const data = rows.map(({ secrets: _secrets, settings, ...row }) => ({
    ...row,
    settings: Object.keys(settings),
    objects: schemas[row.id]?.length ?? 0,
  }));
  const lines = table(
    data.map(({ id, connector, objects, failure, readingPaused, writingPaused }) => [
      id,
      connector,
      count(objects, "object"),
      [
        ...(readingPaused ? ["reading paused"] : []),
        ...(writingPaused ? ["writing paused"] : []),
        ...(failure === null ? [] : [failure.detail]),
      ].join("; "),
    ]),
  );
  return { data, lines: lines.length === 0 ? ["No system is set up."] : lines };
}

async function check(cli: CliContext, id: string): Promise<Answer> {
  const row = await findSystem(cli.hub.sql, id);
  if (row === null) throw unknown("system", id);
  const connector = cli.connectors.find((one) => one.id === row.connector);
  if (connector === undefined) throw unknown("connector", row.connector);
  const lines = await liveTest(cli, connector, openSettings(cli.box, id, row, cli.variable));
  const words = lines.map((line) => `${line.ok ? "ok  " : "FAIL"}  ${line.label}: ${line.detail}`);
  const isFine = lines.every((line) => line.ok);
  return { data: { system: id, lines }, lines: words, exit: isFine ? EXIT.ok : EXIT.failure };
}

async function liveTest(
  { hub }: CliContext,
  connector: CliContext["connectors"][number],
  settings: Record<string, unknown>,
): Promise<CheckLine[]> {
  try {
    const session = await connector.open(settings, await hubName(hub.sql));
    try {
      return await session.check();
    } finally {
      await session.close();
    }
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    return [{ label: "Open the system", ok: false, detail: error.failure.detail }];
  }
}

async function pause(
  { hub }: CliContext,
  id: string,
  paused: boolean,
  only: { reading: boolean; writing: boolean },
): Promise<Answer> {
  const both = only.reading === only.writing;
  const pauses = {
    ...(both || only.reading ? { reading: paused } : {}),
    ...(both || only.writing ? { writing: paused } : {}),
  };
  const known = await hub.sql.begin(async (tx) => {
    const found = await savePauses(tx, id, pauses);
    await notify(tx, ["systems"]);
    return found;
  });
  if (!known) throw unknown("system", id);
  return { data: { system: id, ...pauses }, lines: [paused ? "Paused." : "Resumed."] };
}

async function runNow(cli: CliContext, binding: string): Promise<Answer> {
  const outcome = await runBinding(cli, { binding });
  switch (outcome.kind) {
    case "started": {
      const { system, object } = outcome;
      return { data: outcome, lines: [`${system} ${object} is read whole again.`] };
    }
    case "paused":
      throw new CliProblem(EXIT.failure, `Reading of ${outcome.system} is paused.`, outcome);
    default:
      throw unknown(outcome.what, binding);
  }
}

async function user({ databaseUrl, secret, address }: CliContext): Promise<Answer> {
  // Sign-in takes a second to load, and no other command needs it.
  const { firstLinkPath } = await import("../../platform/first-link.ts");
  const path = await firstLinkPath(databaseUrl, secret);
  if (path === null) {
    const message = "There is an admin already: sign-in links are for the first one only.";
    throw new CliProblem(EXIT.usage, message);
  }
  const link = address === null ? path : new URL(path, `${address}/`).href;
  return { data: { link }, lines: [link] };
}
