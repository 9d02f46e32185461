import { z } from "zod";

/**
 * What a map file says instead of a secret: where to find it when the file is applied, or that the
 * hub has it already.
 */
export const SecretReference = z.strictObject({
  secret: z
    .string()
    .regex(
      /^(stored|env:[A-Za-z_][A-Za-z0-9_]*)$/,
      'Write "stored", or "env:" and the name of an environment variable.',
    ),
});
export type SecretReference = z.infer<typeof SecretReference>;

export function isSecretReference(value: unknown): value is SecretReference {
  return SecretReference.safeParse(value).success;
}

/** The environment variable that a reference names; null when the hub has the secret. */
export function variableOf(reference: SecretReference): string | null {
  return reference.secret === "stored" ? null : reference.secret.slice("env:".length);
}
