import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestApi, type TestApi } from "../testing/caller.ts";

let api: TestApi;
beforeAll(async () => {
  api = await createTestApi();
});
afterAll(() => api.close());

const admin = () => api.as("admin").people;
const ben = { name: "Ben", email: "Ben@Example.com", role: "steward" } as const;

test("an invitation is listed until it is taken back; a second one ends the first", async () => {
  const { path } = await admin().invite(ben);
  expect(path).toMatch(/^\/sign-in\?invitation=[\w-]{43}$/);
  await admin().invite({ ...ben, role: "editor" });
  const { invitations } = await admin().list();
  expect(invitations).toMatchObject([{ name: "Ben", email: "ben@example.com", role: "editor" }]);
  await admin().withdraw({ invitation: invitations[0]?.id ?? "" });
  expect((await admin().list()).invitations).toEqual([]);
});

test("nothing that is stored lets anybody in", async () => {
  const { path } = await admin().invite(ben);
  const [row] = await api.database.sql`select verifications::text as stored from verifications`;
  expect(row?.["stored"]).not.toContain(path.split("=")[1]);
});

test("who has access already is not invited", async () => {
  const call = admin().invite({ ...ben, email: "viewer@example.com" });
  await expect(call).rejects.toMatchObject({ kind: "taken" });
});

test("the last admin stays admin, and stays", async () => {
  const { people } = await admin().list();
  const idOf = (role: string) => people.find((one) => one.role === role)?.id ?? "";
  const [last, editor] = [idOf("admin"), idOf("editor")];
  const refused = { kind: "last-admin" };
  await expect(admin().remove({ person: last })).rejects.toMatchObject(refused);
  await expect(admin().setRole({ person: last, role: "editor" })).rejects.toMatchObject(refused);

  await admin().setRole({ person: editor, role: "admin" });
  await admin().setRole({ person: last, role: "editor" });
  await expect(admin().remove({ person: editor })).rejects.toMatchObject(refused);
  await admin().setRole({ person: last, role: "admin" });
  await admin().remove({ person: editor });
  expect((await admin().list()).people.map(({ id }) => id)).not.toContain(editor);
});

test("only admins see and change who has access", async () => {
  const forbidden = { code: "FORBIDDEN" };
  const editor = api.as("editor").people;
  await expect(editor.list()).rejects.toMatchObject(forbidden);
  await expect(editor.invite(ben)).rejects.toMatchObject(forbidden);
  await expect(editor.remove({ person: "x" })).rejects.toMatchObject(forbidden);
  await expect(editor.setRole({ person: "x", role: "admin" })).rejects.toMatchObject(forbidden);
});
