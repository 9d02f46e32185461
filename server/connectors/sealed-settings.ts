import type { SecretBox } from "../platform/secrets.ts";
import type { Connector } from "./connector.ts";

/** A system's settings as they are stored: plain ones readable, secret ones sealed together. */
export type StoredSettings = {
  readonly settings: Readonly<Record<string, unknown>>;
  /** Null where nothing is secret. */
  readonly secrets: string | null;
};

type Described = Pick<Connector, "secrets">;

/** A secret that is not stored but found in the environment of the process: "env:ERP_PASSWORD". */
const ENVIRONMENT = "env:";

/**
 * Parts a system's settings for storing. A secret given as a reference
 * (`{ secret: "env:ERP_PASSWORD" }`) stays readable: it says where the secret is.
 * @param system the id; what is sealed opens only for the same one
 */
export function sealSettings(
  connector: Described,
  box: SecretBox,
  system: string,
  settings: Readonly<Record<string, unknown>>,
): StoredSettings {
  const plain: Record<string, unknown> = {};
  const secret: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(settings)) {
    const hidden = connector.secrets.includes(name) && referenceOf(value) === null;
    (hidden ? secret : plain)[name] = value;
  }
  const isEmpty = Object.keys(secret).length === 0;
  return {
    settings: plain,
    secrets: isEmpty ? null : box.seal(JSON.stringify(secret), contextOf(system)),
  };
}

/**
 * Puts stored settings together again, for `Connector.open`.
 * @param variable gives a variable of the environment, for secrets that are references
 * @throws SecretProblem when they cannot be opened; Error when a variable is not set
 */
export function openSettings(
  box: SecretBox,
  system: string,
  stored: StoredSettings,
  variable: (name: string) => string | undefined,
): Record<string, unknown> {
  const secret = openSealed(box, system, stored.secrets);
  const settings: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(stored.settings)) {
    const reference = referenceOf(value);
    // A reference whose secret is sealed beside it only tells a map file where it came from.
    if (reference !== null && name in secret) continue;
    settings[name] = reference === null ? value : lookUp(reference, variable);
  }
  return { ...settings, ...secret };
}

/**
 * The sealed settings alone, by name; none where nothing is sealed.
 * @throws SecretProblem when they cannot be opened
 */
export function openSealed(
  box: SecretBox,
  system: string,
  secrets: string | null,
): Record<string, unknown> {
  return secrets === null ? {} : JSON.parse(box.open(secrets, contextOf(system)));
}

function contextOf(system: string): string {
  return `system ${system}`;
}

/** "ERP_PASSWORD" of `{ secret: "env:ERP_PASSWORD" }`; null for anything else. */
function referenceOf(value: unknown): string | null {
  if (typeof value !== "object" || value === null || !("secret" in value)) return null;
  const { secret } = value;
  if (typeof secret !== "string" || !secret.startsWith(ENVIRONMENT)) return null;
  return secret.slice(ENVIRONMENT.length);
}

function lookUp(name: string, variable: (name: string) => string | undefined): string {
  const value = variable(name);
  if (value !== undefined) return value;
  throw new Error(
    `The setting refers to the environment variable ${name}, which is not set here. ` +
      "Set it for this process and start it again.",
  );
}
