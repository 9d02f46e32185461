import { afterAll, beforeAll, expect, test } from "vitest";
import { type Hub, openHub } from "../../db/client.ts";
import { createTestDatabase, type TestDatabase } from "../testing/database.ts";
import { systemClock } from "./clock.ts";
import { firstLinkPath } from "./first-link.ts";
import { createIdSource } from "./ids.ts";
import { systemRandom } from "./random.ts";
import { createSignIn, type SignIn } from "./sign-in.ts";

const SECRET = "0123456789abcdef".repeat(4);
const HOST = "127.0.0.1:4000";
let database: TestDatabase;
let hub: Hub;
let signIn: SignIn;

beforeAll(async () => {
  database = await createTestDatabase();
  hub = openHub(database.url, 2);
  const ids = createIdSource(systemClock, systemRandom);
  signIn = createSignIn({ db: hub.db, ids, secret: SECRET, url: undefined });
});
afterAll(async () => {
  await hub.close();
  await database.drop();
});

function post(path: string, body: object, headers: Record<string, string> = {}) {
  return signIn.handler(
    new Request(`http://${HOST}/api/auth${path}`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        host: HOST,
        origin: `http://${HOST}`,
        "x-forwarded-for": "127.0.0.1",
        ...headers,
      },
      body: JSON.stringify(body),
    }),
  );
}

const cookieOf = (response: Response) => response.headers.getSetCookie()[0] ?? "";
const ana = { name: "Ana", email: "Ana@example.com", password: "correct horse battery" };

test("the first link makes one admin, once, and no link is printed after that", async () => {
  const older = await firstLinkPath(database.url, SECRET);
  const path = await firstLinkPath(database.url, SECRET);
  const tokenOf = (link: string | null) =>
    new URL(link ?? "", "http://x").searchParams.get("token");
  expect(path).toMatch(/^\/sign-in\?token=[\w-]{43}$/);
  const token = tokenOf(path);

  const ended = await post("/first-link/accept", { ...ana, token: tokenOf(older) });
  expect(ended.status).toBe(401);

  const short = await post("/first-link/accept", { ...ana, token, password: "short" });
  expect(short.status).toBe(400);

  const accepted = await post("/first-link/accept", { ...ana, token });
  expect(accepted.status).toBe(200);
  const cookie = cookieOf(accepted);
  expect(cookie).toMatch(/^fieldline\.session_token=/);
  expect(cookie).toMatch(/; HttpOnly/i);
  expect(cookie).toMatch(/; SameSite=Lax/i);
  expect(cookie).not.toMatch(/; Secure/i);

  const session = await signIn.api.getSession({
    headers: new Headers({ cookie: cookie.split(";")[0] ?? "" }),
  });
  expect(session?.user).toMatchObject({ name: "Ana", email: "ana@example.com", role: "admin" });

  const again = await post("/first-link/accept", { ...ana, email: "eve@example.com", token });
  expect(again.status).toBe(401);
  expect(await firstLinkPath(database.url, SECRET)).toBeNull();
});

test("the database holds neither the token nor the password", async () => {
  const [row] = await hub.sql`
    select (select count(*) from verifications) as tokens, (select password from accounts) as hash`;
  expect(row?.["tokens"]).toBe(0);
  expect(row?.["hash"]).not.toContain(ana.password);
});

test("e-mail and password sign in; guessing is slowed down; a success clears the count", async () => {
  const good = await post("/sign-in/email", { email: ana.email, password: ana.password });
  expect(good.status).toBe(200);
  for (let round = 0; round < 5; round += 1) {
    const bad = await post("/sign-in/email", { email: ana.email, password: "wrong wrong wrong" });
    expect(bad.status).toBe(401);
  }
  const slowed = await post("/sign-in/email", { email: ana.email, password: ana.password });
  expect(slowed.status).toBe(429);
  expect(await slowed.json()).toMatchObject({ code: "TOO_MANY_TRIES" });
});

test("a person changes their name and password, and never their role", async () => {
  const email = "ana@example.com";
  // A browser of its own, not slowed down by the guesses of before.
  const ids = createIdSource(systemClock, systemRandom);
  signIn = createSignIn({ db: hub.db, ids, secret: SECRET, url: undefined });
  const cookie = cookieOf(await post("/sign-in/email", { email, password: ana.password }));
  const headers = { cookie: cookie.split(";")[0] ?? "" };
  const renamed = await post("/update-user", { name: "Ana Lima" }, headers);
  expect(renamed.status).toBe(200);
  await post("/update-user", { name: "Ana Lima", role: "viewer" }, headers);
  const [person] = await hub.sql`select name, role from people`;
  expect(person).toEqual({ name: "Ana Lima", role: "admin" });

  const change = { newPassword: "another long password", revokeOtherSessions: true };
  const wrong = await post("/change-password", { ...change, currentPassword: "no" }, headers);
  expect(await wrong.json()).toMatchObject({ code: "INVALID_PASSWORD" });
  const right = { ...change, currentPassword: ana.password };
  expect((await post("/change-password", right, headers)).status).toBe(200);
  const [sessions] = await hub.sql`select count(*) from sessions`;
  expect(sessions?.["count"]).toBe(1);
  const again = await post("/sign-in/email", { email, password: change.newPassword });
  expect(again.status).toBe(200);
});

test("nobody signs up", async () => {
  const up = await post("/sign-up/email", { ...ana, email: "eve@example.com" });
  expect(up.status).toBe(400);
});
