import { APIError } from "better-auth/api";
import { setSessionCookie } from "better-auth/cookies";

type Context = Parameters<typeof setSessionCookie>[0];
type NewUser = Parameters<Context["context"]["internalAdapter"]["createUser"]>[0];
type Method = Parameters<Context["context"]["internalAdapter"]["createUser"]>[1];

/**
 * The digest of a password that somebody chose.
 * @throws APIError when it is too short or too long
 */
export async function hashChosen({ context }: Context, password: string): Promise<string> {
  const { minPasswordLength, maxPasswordLength } = context.password.config;
  if (password.length < minPasswordLength || password.length > maxPasswordLength) {
    throw new APIError("BAD_REQUEST", {
      code: "PASSWORD_LENGTH",
      message: `A password has ${minPasswordLength} to ${maxPasswordLength} characters.`,
    });
  }
  return await context.password.hash(password);
}

/** Makes somebody's account with a password, and signs them in. */
export async function letIn(
  ctx: Context,
  user: NewUser,
  how: { readonly hash: string; readonly method: Method },
): Promise<void> {
  const { internalAdapter } = ctx.context;
  const made = await internalAdapter.createUser(user, how.method);
  await internalAdapter.linkAccount({
    userId: made.id,
    providerId: "credential",
    accountId: made.id,
    password: how.hash,
  });
  const session = await internalAdapter.createSession(made.id);
  await setSessionCookie(ctx, { session, user: made });
}
