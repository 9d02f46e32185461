import type { Connector } from "../../connectors/connector.ts";
import { nearestName } from "../../core/map/checks/problem.ts";
import type { Connection, Setting } from "../../core/map/file/map-file.ts";
import { isSame } from "../../core/map/same.ts";
import {
  isSecretReference,
  type SecretReference,
  variableOf,
} from "../../core/map/secret-reference.ts";
import type { SystemRow } from "../../storage/systems.ts";

/** A setting of a map file that cannot be used. */
export type SettingProblem = {
  readonly system: string;
  /** Null: the connection as a whole. */
  readonly setting: string | null;
  /** What is wrong and the way out, without the place. */
  readonly message: string;
};

export type ReadConnection =
  | {
      readonly ok: true;
      readonly system: string;
      readonly connector: Connector;
      /** All settings, the secrets among them. */
      readonly settings: Record<string, unknown>;
      /** Secret settings that the file found in the environment, by name. */
      readonly references: Readonly<Record<string, Setting>>;
    }
  | { readonly ok: false; readonly problems: readonly SettingProblem[] };

type Sources = {
  readonly connectors: readonly Connector[];
  variable(name: string): string | undefined;
};

type Input = {
  readonly system: string;
  readonly connection: Connection;
  readonly row: SystemRow | null;
  /** The secrets that the hub has. One that the file does not name stays. */
  readonly stored: Readonly<Record<string, unknown>>;
};

/** Finds the secrets that a connection refers to, and checks all of it by its connector. */
export function readConnection(sources: Sources, input: Input): ReadConnection {
  const { system, connection, row, stored } = input;
  const found = findConnector(sources.connectors, input);
  if (typeof found === "string") {
    return { ok: false, problems: [{ system, setting: null, message: found }] };
  }
  const settings: Record<string, unknown> = { ...stored };
  const references: Record<string, Setting> = keptReferences(row, connection, stored);
  const problems: SettingProblem[] = [];
  for (const [name, value] of Object.entries(connection.settings)) {
    const read = readSetting(sources, found, { name, value, stored, before: row?.settings[name] });
    if ("message" in read) problems.push({ system, setting: name, message: read.message });
    else settings[name] = read.value;
    const isNamed = isSecretReference(value) && variableOf(value) !== null;
    if (isNamed && found.secrets.includes(name)) references[name] = value;
  }
  if (problems.length > 0) return { ok: false, problems };
  const parsed = found.settings.safeParse(settings);
  if (parsed.success) return { ok: true, system, connector: found, settings, references };
  return {
    ok: false,
    problems: parsed.error.issues.map(({ path, message }) => ({
      ...{ system, message: `${message}.`.replace(/\.\.$/, ".") },
      setting: path.length === 0 ? null : String(path[0]),
    })),
  };
}

/** References beside stored secrets that the file does not mention. */
function keptReferences(
  row: SystemRow | null,
  connection: Connection,
  stored: Readonly<Record<string, unknown>>,
): Record<string, Setting> {
  const kept: Record<string, Setting> = {};
  for (const [name, value] of Object.entries(row?.settings ?? {})) {
    const isMentioned = Object.hasOwn(connection.settings, name);
    const setting = connection.settings[name];
    const isStored = isSecretReference(setting) && variableOf(setting) === null;
    if (isSecretReference(value) && name in stored && (!isMentioned || isStored)) {
      kept[name] = value;
    }
  }
  return kept;
}

function findConnector(
  connectors: readonly Connector[],
  { connection, row }: Input,
): Connector | string {
  const found = connectors.find((one) => one.id === connection.connector);
  const names = connectors.map((one) => one.id);
  if (found === undefined) {
    const near = nearestName(connection.connector, names);
    const hint = near === null ? `There are ${names.join(", ")}.` : `Did you mean ${near}?`;
    return `There is no connector ${connection.connector}. ${hint}`;
  }
  if (row === null || row.connector === found.id) return found;
  return `This system is set up with the connector ${row.connector}. Remove it under Systems \
before you connect it by ${found.id}.`;
}

type InFile = {
  readonly name: string;
  readonly value: Setting;
  readonly stored: Readonly<Record<string, unknown>>;
  /** The setting as the hub has it. */
  readonly before: unknown;
};

type Read = { readonly value: unknown } | { readonly message: string };

function readSetting(sources: Sources, connector: Connector, of: InFile): Read {
  const { name, value } = of;
  const names = Object.keys(connector.settings.shape);
  if (!names.includes(name)) {
    const near = nearestName(name, names);
    const hint = near === null ? `It has ${names.join(", ")}.` : `Did you mean ${near}?`;
    return { message: `The connector ${connector.id} has no such setting. ${hint}` };
  }
  if (isSecretReference(value)) return readReference(sources, value, of);
  if (!connector.secrets.includes(name)) return { value };
  const example = `{ secret: "env:${name.toUpperCase()}" }`;
  return {
    message: `A secret must not stand in a file. Write ${example} and set the variable.`,
  };
}

function readReference(
  sources: Sources,
  reference: SecretReference,
  { name, stored, before }: InFile,
): Read {
  const variable = variableOf(reference);
  if (variable === null) {
    if (name in stored) return { value: stored[name] };
    return { message: 'The hub has no such secret stored yet. Write { secret: "env:NAME" } once.' };
  }
  const found = sources.variable(variable);
  if (found !== undefined && found !== "") return { value: found };
  // An export is applied where the variable is not set: what the hub got from it stays.
  if (name in stored && isSame(before, reference)) return { value: stored[name] };
  return { message: `The environment variable ${variable} is not set. Set it and try again.` };
}
