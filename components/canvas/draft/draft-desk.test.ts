import { describe, expect, test } from "vitest";
import type { Edit } from "../../../server/core/map/edits/edit.ts";
import { applyEdit } from "../../../server/core/map/edits.ts";
import { SHOP_MAP } from "../../../server/core/map/testing/shop-map.ts";
import {
  createDesk,
  type DeskNews,
  type DraftAct,
  type DraftAnswer,
  type ServerDraft,
  Unreachable,
  type Waiting,
} from "./draft-desk.ts";

const START: ServerDraft = {
  ...{ document: SHOP_MAP, base: 1, revision: 4, updatedAt: null, updatedBy: null },
  ...{ undo: null, redo: null, suggested: [] },
};

const rename = (field: string, name: string): Edit => ({
  ...{ type: "change-field", entity: "product", field, changes: { name } },
});

function documentAfter(...edits: Edit[]) {
  let document = SHOP_MAP;
  for (const edit of edits) {
    const result = applyEdit(document, edit);
    if (!result.ok) throw new Error(result.refusal.message);
    document = result.document;
  }
  return document;
}

const nameOf = (document: typeof SHOP_MAP, id: string) =>
  document.entities[0]?.fields.find((field) => field.id === id)?.name;

type Sent = { act: DraftAct; revision: number; answer: (it: DraftAnswer | Error) => void };

/** A desk whose server answers when the test says so. */
function desk(start: ServerDraft = START) {
  const sent: Sent[] = [];
  const told: DeskNews[] = [];
  const kept: { waiting: Waiting | null } = { waiting: null };
  const it = createDesk(start, {
    send: (act, revision) =>
      new Promise((resolve, reject) => {
        const answer = (value: DraftAnswer | Error) =>
          value instanceof Error ? reject(value) : resolve(value);
        sent.push({ act, revision, answer });
      }),
    tell: (news) => told.push(news),
    wait: () => Promise.resolve(),
    keep: (waiting) => {
      kept.waiting = waiting;
    },
  });
  const answer = async (value: DraftAnswer | Error) => {
    sent.at(-1)?.answer(value);
    // The desk goes on in the microtasks that follow.
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
  };
  return { it, sent, told, kept, answer };
}

const done = (revision: number, changes: Partial<ServerDraft> = {}): DraftAnswer => ({
  kind: "done",
  label: "Done",
  draft: { ...START, document: null as never, undo: "Done", revision, ...changes },
});

describe("a desk", () => {
  test("shows an edit at once and sends one act at a time, each on the newest revision", async () => {
    const { it, sent, answer } = desk();
    expect(it.edit(rename("price", "List price"))).toBeNull();
    expect(it.edit(rename("stock", "On hand"))).toBeNull();
    expect(nameOf(it.state().document, "stock")).toBe("On hand");
    expect(it.state()).toMatchObject({ waiting: 2, undo: "Rename Stock to On hand" });
    expect(sent).toHaveLength(1);
    await answer(done(5));
    expect(sent.map(({ revision }) => revision)).toEqual([4, 5]);
    await answer(done(6));
    expect(it.state()).toMatchObject({ waiting: 0, server: { revision: 6 } });
    expect(it.state().document).toEqual(
      documentAfter(rename("price", "List price"), rename("stock", "On hand")),
    );
  });

  test("says why an edit cannot be made, and sends nothing", () => {
    const { it, sent } = desk();
    expect(it.edit(rename("colour", "Hue"))).toContain("not in this draft");
    expect(sent).toEqual([]);
  });

  test("tells when somebody changed the same, takes their draft, and drops what stood on it", async () => {
    const { it, told, answer } = desk();
    it.edit(rename("price", "List price"));
    it.edit(rename("price", "Base price"));
    const theirs = { ...START, revision: 5, document: documentAfter(rename("price", "Cost")) };
    await answer({ kind: "moved", message: "Ana changed the same.", draft: theirs });
    expect(told).toEqual([
      { kind: "moved", message: "Ana changed the same. One later change was not made." },
    ]);
    expect(it.state()).toMatchObject({ waiting: 0 });
    expect(nameOf(it.state().document, "price")).toBe("Cost");
  });

  test("an act that waits is dropped when others changed its thing in between", async () => {
    const { it, sent, told, answer } = desk();
    it.edit(rename("sku", "Code"));
    it.edit(rename("price", "List price"));
    it.edit(rename("stock", "On hand"));
    const document = documentAfter(rename("sku", "Code"), rename("price", "Cost"));
    await answer(done(6, { document, updatedBy: "ana@example.com" }));
    expect(told).toMatchObject([
      { kind: "moved", message: expect.stringContaining("ana@example.com changed the same") },
    ]);
    expect(sent.at(-1)).toMatchObject({ revision: 6, act: { label: "Rename Stock to On hand" } });
    expect(nameOf(it.state().document, "price")).toBe("Cost");
    expect(nameOf(it.state().document, "stock")).toBe("On hand");
  });

  test("keeps what it could not send, and sends it again", async () => {
    const { it, sent, answer } = desk();
    it.edit(rename("price", "List price"));
    await answer(new Unreachable("no answer"));
    expect(it.state()).toMatchObject({ isOffline: true, waiting: 1 });
    expect(sent).toHaveLength(2);
    await answer(done(5));
    expect(it.state()).toMatchObject({ isOffline: false, waiting: 0 });
  });

  test("gives up what the server refuses for good, and says so", async () => {
    const { it, told, answer } = desk();
    it.edit(rename("price", "List price"));
    await answer(new Error("This needs the role editor."));
    expect(told).toEqual([{ kind: "failed", message: "This needs the role editor." }]);
    expect(it.state()).toMatchObject({ waiting: 0, document: SHOP_MAP });
  });

  test("undo waits for what was done before it, and its name is told", async () => {
    const { it, sent, told, answer } = desk();
    it.edit(rename("price", "List price"));
    it.undo();
    await answer(done(5));
    expect(sent.at(-1)?.act).toEqual({ kind: "undo" });
    await answer(done(6, { document: SHOP_MAP, undo: null, redo: "Rename" }));
    expect(told).toEqual([{ kind: "undone", label: "Done" }]);
    expect(it.state()).toMatchObject({ undo: null, redo: "Rename", document: SHOP_MAP });
  });

  test("hears of others' drafts, and never goes back", async () => {
    const { it, answer } = desk();
    it.hear({ ...START, revision: 5, document: documentAfter(rename("price", "Cost")) });
    expect(nameOf(it.state().document, "price")).toBe("Cost");
    it.hear({ ...START, revision: 3 });
    expect(it.state().server.revision).toBe(5);
    it.edit(rename("stock", "On hand"));
    it.hear({ ...START, revision: 5 });
    await answer(done(6));
    expect(it.state().server.revision).toBe(6);
    expect(nameOf(it.state().document, "stock")).toBe("On hand");
  });

  test("what a page had not saved when it was left is sent by the next one", async () => {
    const before = desk();
    before.it.edit(rename("price", "List price"));
    before.it.edit(rename("stock", "On hand"));
    const { waiting } = before.kept;
    if (waiting === null) throw new Error("Nothing was kept.");

    const after = desk();
    after.it.resume(waiting);
    expect(nameOf(after.it.state().document, "stock")).toBe("On hand");
    await after.answer(done(5));
    await after.answer(done(6));
    expect(after.sent.map(({ act }) => act)).toEqual(waiting.acts);
    expect(after.kept.waiting).toBeNull();
  });

  test("an act that arrived though its answer did not is not sent twice", async () => {
    const before = desk();
    before.it.edit(rename("price", "List price"));
    before.it.edit(rename("stock", "On hand"));
    const { waiting } = before.kept;
    if (waiting === null) throw new Error("Nothing was kept.");

    const [first] = waiting.acts;
    if (first?.kind !== "edit") throw new Error("An edit was made.");
    const document = documentAfter(first.edit);
    const after = desk({ ...START, document, revision: 5, undo: first.label });
    after.it.resume(waiting);
    expect(after.sent.map(({ act }) => act)).toEqual(waiting.acts.slice(1));
    expect(nameOf(after.it.state().document, "price")).toBe("List price");
  });
});
