import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { problemKey } from "../../core/map/checks/problem.ts";
import { EMPTY_MAP, type MapDocument } from "../../core/map/document.ts";
import type { Edit } from "../../core/map/edits/edit.ts";
import { applyEdit } from "../../core/map/edits.ts";
import { SHOP_MAP } from "../../core/map/testing/shop-map.ts";
import { column, SHOP_SCHEMAS } from "../../core/map/testing/shop-schemas.ts";
import { readDraft } from "../../storage/drafts.ts";
import { listVersions, readLiveVersion } from "../../storage/maps.ts";
import { saveObjects } from "../../storage/systems.ts";
import { discardDraft, editDraft, readUndo, rebaseDraft, redoDraft, undoDraft } from "./draft.ts";
import { publishDocument, publishDraft, rollBack } from "./publish.ts";
import { type Acting, createActing } from "./testing/acting.ts";

const ANA = "ana@example.com";
const BEN = "ben@example.com";

let acting: Acting;

beforeEach(async () => {
  acting = await createActing();
  const { sql } = acting.as(ANA).hub;
  for (const [system, schemas] of Object.entries(SHOP_SCHEMAS)) {
    await sql.begin((tx) => saveObjects(tx, system, schemas, "2026-11-23T00:00:00Z"));
  }
});

afterEach(() => acting.end());

const rename = (name: string): Edit => ({
  ...{ type: "change-field", entity: "product", field: "price", changes: { name } },
});
const unmapStock: Edit = { type: "disconnect", binding: "erp-product", edge: "stock" };

function changed(...edits: Edit[]): MapDocument {
  return edits.reduce((document, edit) => {
    const result = applyEdit(document, edit);
    if (!result.ok) throw new Error(result.refusal.message);
    return result.document;
  }, SHOP_MAP);
}

const publishMap = (document: MapDocument, note = "") =>
  publishDocument(acting.as(ANA), { document, note, acknowledged: [] });

async function edit(person: string, made: Edit, revision?: number) {
  const ctx = acting.as(person);
  const seen = revision ?? (await readDraft(ctx.hub.sql)).revision;
  return await editDraft(ctx, { revision: seen, edit: made });
}

const draftNow = () => readDraft(acting.as(ANA).hub.sql);
const nameOfPrice = (document: MapDocument) =>
  document.entities[0]?.fields.find((field) => field.id === "price")?.name;

describe("publishing", () => {
  test("makes an immutable version with author and note, and a run that names the bindings", async () => {
    expect(await publishMap(SHOP_MAP, "First light")).toMatchObject({
      ...{ kind: "published", version: 1 },
      changed: [
        { binding: "erp-product", change: "added" },
        { binding: "shop-product", change: "added" },
      ],
    });
    expect(await publishMap(changed(unmapStock))).toMatchObject({
      ...{ kind: "published", version: 2 },
      changed: [{ binding: "erp-product", change: "changed" }],
    });
    const { sql } = acting.as(ANA).hub;
    expect(await listVersions(sql, { countMax: 10 })).toMatchObject([
      { number: 2, author: ANA, note: "", restores: null },
      { number: 1, author: ANA, note: "First light", restores: null },
    ]);
    const runs = await sql`select kind, state, map_version, detail, counts from runs order by id`;
    expect(runs).toMatchObject([
      { kind: "publish", state: "succeeded", map_version: 1 },
      { map_version: 2, detail: "erp-product changed", counts: { changed: 1, bindings: 1 } },
    ]);
  });

  test("the same map again is no new version", async () => {
    await publishMap(SHOP_MAP);
    expect(await publishMap(structuredClone(SHOP_MAP))).toEqual({ kind: "unchanged", version: 1 });
  });

  test("is blocked by an error, and nothing is stored", async () => {
    const wrong = changed({
      ...{ type: "change-edge", binding: "shop-product", edge: "price" },
      changes: { columns: ["nope"] },
    });
    const outcome = await publishMap(wrong);
    expect(outcome.kind === "problems" && outcome.problems[0]?.code).toBe("unknown-column");
    const { sql } = acting.as(ANA).hub;
    expect(await readLiveVersion(sql)).toBeNull();
    expect(await sql`select 1 from runs`).toHaveLength(0);
  });

  test("waits until a warning is acknowledged, by name", async () => {
    const doubtful = changed({ type: "set-match-keys", entity: "product", matchKeys: [] });
    const outcome = await publishMap(doubtful);
    expect(outcome.kind).toBe("problems");
    if (outcome.kind !== "problems") return;
    const act = { document: doubtful, note: "" };
    const ctx = acting.as(ANA);
    expect(await publishDocument(ctx, { ...act, acknowledged: ["other x"] })).toEqual(outcome);
    const acknowledged = outcome.problems.map(problemKey);
    expect(await publishDocument(ctx, { ...act, acknowledged })).toMatchObject({
      ...{ kind: "published", version: 1 },
      warnings: [{ code: "no-match-key" }],
    });
  });

  test("rolling back publishes the old rules as a new version", async () => {
    await publishMap(SHOP_MAP);
    await publishMap(changed(unmapStock));
    const act = { number: 1, note: "", acknowledged: [] };
    expect(await rollBack(acting.as(BEN), act)).toMatchObject({ kind: "published", version: 3 });
    const live = await readLiveVersion(acting.as(ANA).hub.sql);
    expect(live).toMatchObject({ number: 3, restores: 1, note: "Back to version 1", author: BEN });
    expect(live?.document).toEqual(SHOP_MAP);
    expect(await rollBack(acting.as(BEN), { ...act, number: 9 })).toEqual({ kind: "unknown" });
  });

  test("rolling back to rules that no longer fit the systems is blocked", async () => {
    await publishMap(SHOP_MAP);
    await publishMap(changed(unmapStock));
    const { sql } = acting.as(ANA).hub;
    const [products] = SHOP_SCHEMAS["erp"] ?? [];
    if (products === undefined) throw new Error("The test's schema has no products.");
    const columns = products.columns.filter((one) => one.name !== "stock");
    const changedSchema = { ...products, columns: [...columns, column("colour")] };
    await sql.begin((tx) => saveObjects(tx, "erp", [changedSchema], "2026-11-24T00:00:00Z"));
    const outcome = await rollBack(acting.as(ANA), { number: 1, note: "", acknowledged: "all" });
    expect(outcome.kind === "problems" && outcome.problems[0]?.message).toContain("stock");
  });

  test("two at once become two versions, one after the other", async () => {
    const outcomes = await Promise.all([
      publishMap(SHOP_MAP),
      publishMap(changed(unmapStock)),
      publishMap(changed(rename("List price"))),
    ]);
    const versions = outcomes.map((one) => (one.kind === "published" ? one.version : 0)).sort();
    expect(versions).toEqual([1, 2, 3]);
  });

  test("whoever listens is told", async () => {
    const { sql } = acting.as(ANA).hub;
    const told = new Promise<string>((resolve) => {
      void sql.listen("fieldline", resolve, () => void publishMap(SHOP_MAP));
    });
    expect(JSON.parse(await told)).toEqual({ topics: ["maps", "runs"] });
  });
});

describe("the draft", () => {
  test("begins as the live version, and is published as the next one", async () => {
    await publishMap(SHOP_MAP);
    expect(await draftNow()).toMatchObject({ base: 1, revision: 0, document: SHOP_MAP });
    expect(await edit(ANA, rename("List price"))).toMatchObject({
      ...{ kind: "done", label: "Rename Price to List price" },
      draft: { base: 1, revision: 1 },
    });
    const act = { revision: 1, note: "Better name", acknowledged: [] };
    expect(await publishDraft(acting.as(ANA), act)).toMatchObject({ version: 2, changed: [] });
    expect(await draftNow()).toMatchObject({ base: 2, revision: 2 });
    expect(await readUndo(acting.as(ANA))).toEqual({ undo: null, redo: null });
  });

  test("is not published when it moved since the person looked", async () => {
    await edit(ANA, { type: "replace-document", document: SHOP_MAP, label: "Bring in a file" });
    await edit(BEN, rename("List price"));
    const act = { revision: 1, note: "", acknowledged: [] };
    const outcome = await publishDraft(acting.as(ANA), act);
    expect(outcome).toEqual({
      kind: "moved",
      message: `${BEN} changed the draft meanwhile. Look at it again before you publish it.`,
    });
  });

  test("remembers every edit: undo and redo go through a reload", async () => {
    await publishMap(SHOP_MAP);
    await edit(ANA, rename("A"));
    await edit(ANA, unmapStock);
    expect(await readUndo(acting.as(ANA))).toEqual({
      ...{ undo: "Unmap ERP stock to Stock", redo: null },
    });
    await undoDraft(acting.as(ANA));
    await undoDraft(acting.as(ANA));
    expect((await draftNow()).document).toEqual(SHOP_MAP);
    expect(await undoDraft(acting.as(ANA))).toEqual({ kind: "nothing" });
    await redoDraft(acting.as(ANA));
    expect(nameOfPrice((await draftNow()).document)).toBe("A");
    await edit(ANA, rename("B"));
    expect(await redoDraft(acting.as(ANA))).toEqual({ kind: "nothing" });
  });

  test("an edit on an old revision is brought forward when it is about something else", async () => {
    await publishMap(SHOP_MAP);
    await edit(ANA, rename("A"), 0);
    expect(await edit(BEN, unmapStock, 0)).toMatchObject({ kind: "done", draft: { revision: 2 } });
    expect(nameOfPrice((await draftNow()).document)).toBe("A");
    expect(await edit(BEN, rename("B"), 0)).toMatchObject({
      kind: "moved",
      message: `${ANA} changed the same meanwhile: Rename Price to A. Look at it and decide anew.`,
    });
  });

  test("an edit on a revision that was undone since is refused", async () => {
    await publishMap(SHOP_MAP);
    await edit(ANA, rename("A"));
    await undoDraft(acting.as(ANA));
    expect(await edit(BEN, rename("B"), 1)).toMatchObject({ kind: "moved" });
  });

  test("undo takes back the person's own edit, and not what others built on it", async () => {
    await publishMap(SHOP_MAP);
    await edit(ANA, rename("A"));
    await edit(BEN, unmapStock);
    expect(await undoDraft(acting.as(ANA))).toMatchObject({ kind: "done" });
    const now = (await draftNow()).document;
    expect(now).toEqual(changed(unmapStock));
    await redoDraft(acting.as(ANA));
    await edit(BEN, rename("B"));
    expect(await undoDraft(acting.as(ANA))).toMatchObject({ kind: "moved" });
    expect(nameOfPrice((await draftNow()).document)).toBe("B");
  });

  test("a refused edit names the place and changes nothing", async () => {
    await publishMap(SHOP_MAP);
    const outcome = await edit(ANA, { type: "remove-entity", entity: "order" });
    expect(outcome).toMatchObject({ kind: "refused", refusal: { place: { entity: "order" } } });
    expect(await draftNow()).toMatchObject({ revision: 0 });
  });

  test("stands in the way of nobody: another publish leaves it, and it is brought over", async () => {
    await publishMap(SHOP_MAP);
    await edit(ANA, rename("A"));
    await publishMap(changed(unmapStock));
    const act = { revision: null, note: "", acknowledged: [] };
    expect(await publishDraft(acting.as(ANA), act)).toMatchObject({ kind: "moved" });
    const rebased = await rebaseDraft(acting.as(ANA), { drop: false });
    expect(rebased).toMatchObject({ kind: "rebased", draft: { base: 2 }, dropped: [] });
    expect((await draftNow()).document).toEqual(changed(unmapStock, rename("A")));
    await undoDraft(acting.as(ANA));
    expect((await draftNow()).document).toEqual(changed(unmapStock));
    expect(await rebaseDraft(acting.as(ANA), { drop: false })).toMatchObject({ kind: "current" });
  });

  test("is not brought blindly over what the live version changed", async () => {
    await publishMap(SHOP_MAP);
    await edit(ANA, rename("A"));
    await edit(ANA, unmapStock);
    await publishMap(changed(rename("List price")));
    expect(await rebaseDraft(acting.as(ANA), { drop: false })).toMatchObject({
      kind: "collides",
      collisions: [
        {
          label: "Rename Price to A",
          message: "The live version changed the same: Price is now called List price.",
        },
      ],
    });
    expect((await draftNow()).base).toBe(1);
    const rebased = await rebaseDraft(acting.as(ANA), { drop: true });
    expect(rebased).toMatchObject({ kind: "rebased", dropped: [{ label: "Rename Price to A" }] });
    expect((await draftNow()).document).toEqual(changed(rename("List price"), unmapStock));
  });

  test("can be discarded, and that can be undone", async () => {
    await publishMap(SHOP_MAP);
    await edit(ANA, rename("A"));
    expect(await discardDraft(acting.as(ANA))).toMatchObject({ kind: "done" });
    expect((await draftNow()).document).toEqual(SHOP_MAP);
    await undoDraft(acting.as(ANA));
    expect(nameOfPrice((await draftNow()).document)).toBe("A");
  });

  test("an untouched hub has an empty draft", async () => {
    expect(await draftNow()).toMatchObject({ document: EMPTY_MAP, base: 0, revision: 0 });
  });
});
