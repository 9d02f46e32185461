import { PERSON_HEADER } from "../core/person-header.ts";
import type { Context, Person } from "./context.ts";
import { services } from "./services.ts";

/** The context of a request with these headers: whoever their session cookie names. */
export async function contextOf(headers: Headers): Promise<Context> {
  const { signIn, ...rest } = services();
  const found = await signIn.api.getSession({ headers }).catch((error: unknown) => {
    throw withoutToken(error);
  });
  if (found === null) return { ...rest, person: null };
  const { user, session } = found;
  const person: Person = {
    id: user.id,
    name: user.name,
    email: user.email,
    role: user.role,
    since: session.createdAt.toISOString(),
  };
  return { ...rest, person, pageOf: headers.get(PERSON_HEADER) };
}

/** The query's error lists its parameters, and one is the session's token: no log may hold it. */
function withoutToken(error: unknown): Error {
  let cause = error;
  while (cause instanceof Error && cause.cause !== undefined) cause = cause.cause;
  return new Error("The session could not be read.", { cause });
}
