import { afterAll, beforeAll, expect, test } from "vitest";
import { SHOP_MAP } from "../../core/map/testing/shop-map.ts";
import { SHOP_SCHEMAS } from "../../core/map/testing/shop-schemas.ts";
import { systemClock } from "../../platform/clock.ts";
import { insertVersion } from "../../storage/maps.ts";
import { insertSystem, saveObjects } from "../../storage/systems.ts";
import { createTestApi, type TestApi } from "../testing/caller.ts";
import type { PreviewTelling } from "./preview.ts";
import { lookedAt } from "./testing/looked-at.ts";

/** What a preview finds is the engine's to test; here is how it is told, and what follows of it. */

let api: TestApi;
beforeAll(async () => {
  api = await createTestApi();
  const at = systemClock.now().toISOString();
  const version = { document: SHOP_MAP, author: "test", note: "", restores: null, at };
  await api.database.sql.begin(async (tx) => {
    await insertVersion(tx, version);
    // Known, and out of reach: nothing can be opened by what is stored of them.
    for (const [id, objects] of Object.entries(SHOP_SCHEMAS)) {
      const system = { id, connector: "none", settings: {}, secrets: null, createdAt: at };
      await insertSystem(tx, system);
      await saveObjects(tx, id, objects, at);
    }
  });
});
afterAll(() => api.close());

async function all(stream: AsyncIterable<PreviewTelling>): Promise<PreviewTelling[]> {
  const told: PreviewTelling[] = [];
  for await (const one of stream) told.push(one);
  return told;
}

test("it tells how far it is and then what it found, also what it could not read", async () => {
  const told = await all(await api.as("editor").maps.preview({ of: 1 }));
  expect(told[0]?.kind).toBe("progress");
  const last = told.at(-1);
  if (last?.kind !== "done") throw new Error("It has not ended.");
  expect(last.impact.systems.map(({ system }) => system)).toEqual(
    SHOP_MAP.systems.map(({ id }) => id),
  );
  expect(last.impact.evaluated.unread[0]?.why).toContain("needs the connector none");
});

test("whoever leaves ends it, and makes room for others", async () => {
  for (let round = 0; round < 4; round += 1) {
    const stream = (await api.as("editor").maps.preview({ of: 1 }))[Symbol.asyncIterator]();
    await stream.next();
    await stream.return?.();
  }
  await expect(all(await api.as("editor").maps.preview({ of: 1 }))).resolves.not.toEqual([]);
});

test("more than two at once are refused in words", async () => {
  const streams = [];
  for (let place = 0; place < 2; place += 1) {
    const stream = (await api.as("editor").maps.preview({ of: 1 }))[Symbol.asyncIterator]();
    await stream.next();
    streams.push(stream);
  }
  const third = all(await api.as("editor").maps.preview({ of: 1 }));
  await expect(third).rejects.toThrow("2 previews are under way");
  for (const stream of streams) await stream.return?.();
});

test("viewers cannot, and there is none of a version that is not there", async () => {
  await expect(api.as("viewer").maps.preview({ of: "draft" })).rejects.toThrow("editor");
  await expect(all(await api.as("editor").maps.preview({ of: 99 }))).rejects.toThrow("99");
});

test("what is published is what was looked at, or a reason is given, which the note keeps", async () => {
  const editor = api.as("editor");
  const [entity] = SHOP_MAP.entities;
  if (entity === undefined) throw new Error("The map for tests has an entity.");
  const rename = async (name: string) => {
    const { revision } = await editor.maps.draft();
    const edit = { type: "change-entity" as const, entity: entity.id, changes: { name } };
    await editor.maps.edit({ revision, edit });
    return revision + 1;
  };
  await rename("Article");
  const seen = await lookedAt(editor, "draft");
  const revision = await rename("Articles");
  const acknowledged = (await editor.maps.check()).problems.map(({ key }) => key);
  const act = { revision, note: "Spring", acknowledged };
  await expect(editor.maps.publish({ ...act, seen })).rejects.toMatchObject({
    kind: "preview-old",
  });
  const unseen = { preview: null, reason: " " };
  await expect(editor.maps.publish({ ...act, seen: unseen })).rejects.toMatchObject({
    kind: "reason-missing",
  });
  const again = await lookedAt(editor, "draft");
  expect(await editor.maps.publish({ ...act, seen: again })).toMatchObject({ kind: "published" });
  const back = { number: 1, note: "", acknowledged };
  // It was made of a draft, and before the last version.
  await expect(editor.maps.rollBack({ ...back, seen })).rejects.toMatchObject({
    kind: "preview-old",
  });
  await editor.maps.rollBack({ ...back, seen: { preview: null, reason: "Too slow to look." } });
  const { versions } = await editor.maps.versions({});
  expect(versions[1]?.note).toBe("Spring");
  expect(versions[0]?.note).toBe(
    "Back to version 1\n\nPublished although asked: Too slow to look.",
  );
});
