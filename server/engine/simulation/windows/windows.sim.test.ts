import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../testing/database.ts";
import { measureWindows } from "./measure-windows.ts";

const PAGE = new URL("../../../../docs/not-promised.md", import.meta.url);

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test("what is not promised is as large as the page says", async () => {
  const page = await readFile(PAGE, "utf8");
  const table = page.split("\n").filter((line) => line.startsWith("|"));
  expect(table).toEqual(await measureWindows(database.url));
  const named = [...page.matchAll(/\*\*([\w, -]+)\.\*\*/g)].flatMap(([, names = ""]) =>
    names.split(", "),
  );
  const measured = table.slice(2).map((line) => line.split(" | ")[0]?.slice(2));
  // Each of them is said in words too.
  expect(named).toEqual(expect.arrayContaining(measured));
}, 120_000);
