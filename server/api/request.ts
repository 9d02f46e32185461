import type { Context, Person } from "./context.ts";
import { services } from "./services.ts";

/** The context of a request with these headers: whoever their session cookie names. */
export async function contextOf(headers: Headers): Promise<Context> {
  const { signIn, ...rest } = services();
  const found = await signIn.api.getSession({ headers });
  if (found === null) return { ...rest, person: null };
  const { user, session } = found;
  const person: Person = {
    id: user.id,
    name: user.name,
    email: user.email,
    role: user.role,
    since: session.createdAt.toISOString(),
  };
  return { ...rest, person };
}
