import type { TRPCError } from "@trpc/server";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { expect, test } from "vitest";
import { z } from "zod";
import { ROLES, type Role } from "../core/roles.ts";
import type { Context, Person } from "./context.ts";
import { Problem } from "./problem.ts";
import {
  adminProcedure,
  editorProcedure,
  publicProcedure,
  router,
  stewardProcedure,
  viewerProcedure,
} from "./trpc.ts";

const testRouter = router({
  viewer: viewerProcedure.query(() => true),
  steward: stewardProcedure.query(() => true),
  editor: editorProcedure.query(() => true),
  admin: adminProcedure.query(() => true),
  fields: publicProcedure
    .input(z.object({ settings: z.object({ port: z.int("A whole number, such as 5432.") }) }))
    .query(() => true),
  refuse: publicProcedure.query(() => {
    throw new Problem({ code: "CONFLICT", kind: "moved", message: "The value has moved." });
  }),
  fault: publicProcedure.query(() => {
    throw new Error("password=hunter2 at 10.0.0.7");
  }),
  lost: publicProcedure.query(() => {
    throw Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
  }),
});

const contextOf = (role: Role | null) =>
  ({ person: role === null ? null : ({ role } as Person) }) as Context;

test.each(ROLES)("%s may do what its role and the ones before it may", async (role) => {
  const caller = testRouter.createCaller(contextOf(role));
  for (const needed of ROLES) {
    const allowed = ROLES.indexOf(role) >= ROLES.indexOf(needed);
    const outcome = await caller[needed]().catch((error: TRPCError) => error.code);
    expect(outcome).toBe(allowed ? true : "FORBIDDEN");
  }
});

test("who is signed out may do nothing", async () => {
  const caller = testRouter.createCaller(contextOf(null));
  for (const needed of ROLES) {
    await expect(caller[needed]()).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  }
});

test("a page that was made for somebody else does nothing in the name of who is signed in", async () => {
  const person = { id: "ben", name: "Ben", role: "admin" } as Person;
  const as = (pageOf: string | null) =>
    testRouter.createCaller({ ...contextOf(null), person, pageOf });
  await expect(as("ana").viewer()).rejects.toMatchObject({
    kind: "somebody-else",
    message: expect.stringMatching(/^Ben is signed in .* Nothing was changed\./),
  });
  expect(await as("ben").viewer()).toBe(true);
  expect(await as(null).viewer()).toBe(true);
});

async function call(path: string, input?: unknown) {
  const query = input === undefined ? "" : `?input=${encodeURIComponent(JSON.stringify(input))}`;
  const response = await fetchRequestHandler({
    endpoint: "",
    req: new Request(`http://127.0.0.1/${path}${query}`),
    router: testRouter,
    createContext: () => contextOf(null),
  });
  return { status: response.status, text: await response.text() };
}

test("input that does not fit names each field and says so", async () => {
  const { status, text } = await call("fields", { settings: { port: "x" } });
  expect(status).toBe(400);
  const { error } = JSON.parse(text);
  expect(error.data).toMatchObject({
    kind: "input",
    fields: { "settings.port": "A whole number, such as 5432." },
  });
  expect(error.message).toContain("settings.port: A whole number");
});

test("a refusal keeps its kind and sentence", async () => {
  const { error } = JSON.parse((await call("refuse")).text);
  expect(error).toMatchObject({ message: "The value has moved.", data: { kind: "moved" } });
});

test("a fault of ours tells a reference and nothing of itself", async () => {
  const { status, text } = await call("fault");
  expect(status).toBe(500);
  expect(text).not.toContain("hunter2");
  const { error } = JSON.parse(text);
  expect(error.data.reference).toMatch(/^R-[0-9A-F]{6}$/);
  expect(error.message).toContain(error.data.reference);
});

test("a lost database is told as such", async () => {
  const { error } = JSON.parse((await call("lost")).text);
  expect(error.data.kind).toBe("database-lost");
});
