import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../testing/database.ts";
import { arrayParameter } from "./rows.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

async function sentAndRead(texts: readonly (string | null)[]): Promise<(string | null)[]> {
  const rows = await database.sql<{ text: string | null }[]>`
    select text from unnest(${arrayParameter(texts)}::text[]) with ordinality as t(text, place)
    order by place`;
  return rows.map(({ text }) => text);
}

test("what an array literal takes for something else comes back as it was sent", async () => {
  const texts = [
    ...['"', "\\", '\\"', "NULL", "null", "", " ", "{}", "a,b", '"\n"', '"\t\\n"', '"\u007f"'],
    ...['{"a":"b\\"c\\\\"}', '{"a":"\\u0001\\n"}', '"é🪢"', null],
  ];
  expect(await sentAndRead(texts)).toEqual(texts);
});

test("any text, and the JSON of any text, comes back as it was sent", async () => {
  // PostgreSQL has no text with the character 0.
  const text = fc.string({ unit: "grapheme" }).filter((one) => !one.includes("\u0000"));
  const quoted = text.map((one) => `"${one}\\`);
  const json = text.map((one) => JSON.stringify({ [one]: one }));
  const texts = fc.array(fc.oneof(text, quoted, json, fc.constant(null)), { maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(texts, async (all) => {
      expect(await sentAndRead(all)).toEqual(all);
    }),
  );
});
