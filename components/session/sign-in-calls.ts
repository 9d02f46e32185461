/** Why signing in or out did not work; `code` tells which sentence or field it belongs to. */
export type SignInProblem = { code: string; message: string };

/** Signs in with e-mail and password. Null: signed in. */
export function signIn(person: { email: string; password: string }): Promise<SignInProblem | null> {
  return call("/sign-in/email", person);
}

/** The first admin: uses up the link's token and signs in. Null: signed in. */
export function acceptFirstLink(person: {
  token: string;
  name: string;
  email: string;
  password: string;
}): Promise<SignInProblem | null> {
  return call("/first-link/accept", person);
}

/** Somebody who was invited: uses up the link's token and signs in. Null: signed in. */
export function acceptInvitation(person: {
  token: string;
  password: string;
}): Promise<SignInProblem | null> {
  return call("/invitation/accept", person);
}

/** Ends this browser's session. Null: signed out. */
export function signOut(): Promise<SignInProblem | null> {
  return call("/sign-out", {});
}

/** Changes the name that stands beside what the person decides. Null: changed. */
export function changeName(name: string): Promise<SignInProblem | null> {
  return call("/update-user", { name });
}

/** Changes the password and signs out everywhere else. Null: changed. */
export function changePassword(passwords: {
  currentPassword: string;
  newPassword: string;
}): Promise<SignInProblem | null> {
  return call("/change-password", { ...passwords, revokeOtherSessions: true });
}

async function call(path: string, body: object): Promise<SignInProblem | null> {
  try {
    const response = await fetch(`/api/auth${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    return response.ok ? null : sayWhy(await response.text(), response.status);
  } catch {
    return {
      code: "UNREACHABLE",
      message: "The server does not answer. Try again; what you typed is still here.",
    };
  }
}

const SENTENCES: Readonly<Record<string, string>> = {
  INVALID_EMAIL_OR_PASSWORD: "This e-mail and password do not belong together.",
  INVALID_PASSWORD: "The present password is another one.",
  PASSWORD_TOO_SHORT: "A password has at least 10 characters.",
  PASSWORD_TOO_LONG: "A password has at most 256 characters.",
  INVALID_EMAIL: "This is not an e-mail address.",
};

/** Better Auth answers `{ code, message }`; its own words are replaced where ours say more. */
function sayWhy(text: string, status: number): SignInProblem {
  const { code, message } = readAnswer(text);
  const sentence = SENTENCES[code] ?? message;
  if (sentence !== "") return { code, message: sentence };
  if (status === 429) return { code, message: "Too many tries. Wait a minute and try again." };
  return { code, message: "The server refused this. Its log says why; nothing was changed." };
}

function readAnswer(text: string): SignInProblem {
  try {
    const answer: unknown = JSON.parse(text);
    const { code = "", message = "" } = answer as { code?: string; message?: string };
    return { code, message };
  } catch {
    return { code: "", message: "" };
  }
}
