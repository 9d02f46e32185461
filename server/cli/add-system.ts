import { sealSettings } from "../connectors/sealed-settings.ts";
import { MapSystem } from "../core/map/document.ts";
import type { Connection } from "../core/map/file/map-file.ts";
import { SecretReference } from "../core/map/secret-reference.ts";
import { editDraft } from "../engine/acts/draft.ts";
import { readConnection } from "../engine/acts/file-settings.ts";
import { sharedWords, systemAt } from "../engine/acts/shared-place.ts";
import { readDraft } from "../storage/drafts.ts";
import { hubName } from "../storage/hub-name.ts";
import { notify } from "../storage/notify.ts";
import { findSystem, insertSystem, saveObjects } from "../storage/systems.ts";
import type { Answer, CliContext } from "./cli-context.ts";
import { CliProblem, EXIT } from "./exit-code.ts";
import { count } from "./table.ts";

/** Connects a system by its settings, reads what it holds, and names it in the draft. */
export async function addSystem(
  cli: CliContext,
  id: string,
  options: { connector: string; name: string; code: string; line: number; set: string[] },
): Promise<Answer> {
  const { name, code, line } = options;
  const identity = MapSystem.safeParse({ id, name, code, line });
  if (!identity.success) {
    const lines = identity.error.issues.map((one) => `${one.path.join(".")}: ${one.message}`);
    throw new CliProblem(EXIT.usage, lines.join("\n"));
  }
  if ((await findSystem(cli.hub.sql, id)) !== null) {
    throw new CliProblem(EXIT.usage, `There is a system ${id} already. Nothing was changed.`);
  }
  const connection = { connector: options.connector, settings: settingsOf(options.set) };
  const read = readConnection(cli, { system: id, connection, row: null, stored: {} });
  if (!read.ok) {
    const lines = read.problems.map(({ setting, message }) =>
      setting === null ? message : `${setting}: ${message}`,
    );
    throw new CliProblem(EXIT.usage, lines.join("\n"), read.problems);
  }
  const shared = await systemAt(cli.hub.sql, cli, { ...read, system: id });
  if (shared !== null) {
    throw new CliProblem(EXIT.usage, `${sharedWords(shared)} Nothing was changed.`);
  }
  const session = await read.connector.open(read.settings, await hubName(cli.hub.sql));
  const schemas = await session.discover().finally(() => session.close());
  const sealed = sealSettings(read.connector, cli.box, id, read.settings);
  const settings = { ...sealed.settings, ...read.references };
  const createdAt = cli.clock.now().toISOString();
  await cli.hub.sql.begin(async (tx) => {
    const row = { id, connector: read.connector.id, settings, secrets: sealed.secrets, createdAt };
    await insertSystem(tx, row);
    await saveObjects(tx, id, schemas, createdAt);
    await notify(tx, ["systems"]);
  });
  await nameInDraft(cli, identity.data);
  const data = { system: id, objects: schemas.map((schema) => schema.name) };
  return { data, lines: [`${name} is connected: ${count(schemas.length, "object")}.`] };
}

/** ["host=db", "password=env:ERP_PASSWORD"] => settings as a map file has them */
function settingsOf(pairs: readonly string[]): Connection["settings"] {
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf("=");
      if (at <= 0) {
        throw new CliProblem(EXIT.usage, `"${pair}" is no setting: write name=value.`);
      }
      const [key, value] = [pair.slice(0, at), pair.slice(at + 1)];
      const reference = SecretReference.safeParse({ secret: value });
      return [key, reference.success ? reference.data : value];
    }),
  );
}

async function nameInDraft(cli: CliContext, system: MapSystem): Promise<void> {
  const { document, revision } = await readDraft(cli.hub.sql);
  if (document.systems.some(({ id }) => id === system.id)) return;
  const outcome = await editDraft(cli, { revision, edit: { type: "add-system", system } });
  if (outcome.kind === "done") return;
  const why = outcome.kind === "refused" ? outcome.refusal.message : "The draft has moved.";
  throw new CliProblem(EXIT.moved, `It is connected, but not named in the draft: ${why}`);
}
