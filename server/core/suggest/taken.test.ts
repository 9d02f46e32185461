import { describe, expect, test } from "vitest";
import type { Edge, MapDocument } from "../map/document.ts";
import type { Edit } from "../map/edits/edit.ts";
import { applyEdit } from "../map/edits.ts";
import { SHOP_MAP } from "../map/testing/shop-map.ts";
import {
  noteChange,
  notesIn,
  type SuggestionWish,
  type TakenSuggestion,
  withChange,
  withoutChange,
} from "./taken.ts";

const EDGE: Edge = {
  ...{ id: "stock", columns: ["qty"], fields: ["stock"], direction: "both", steps: [] },
};
const NOTE: TakenSuggestion = {
  ...{ binding: "shop-product", edge: "stock", column: "qty", field: "stock" },
  ...{ score: 0.93, reason: "The names mean the same." },
};
const DRAW: Edit = { type: "connect", binding: "shop-product", edge: EDGE };
const ERASE: Edit = { type: "disconnect", binding: "shop-product", edge: "stock" };
const CONFIRM: Edit = { type: "batch", label: "Confirm 1 suggestion", edits: [] };
const TAKE: SuggestionWish = { taken: [NOTE], confirmed: [] };

type Gesture = { readonly edit: Edit; readonly wish?: SuggestionWish };

/** A draft in which every gesture can be undone, as the product keeps one. */
function draft() {
  let document: MapDocument = SHOP_MAP;
  let notes: TakenSuggestion[] = [];
  const done: (() => void)[] = [];
  const edits: Edit[] = [];
  return {
    make: ({ edit, wish }: Gesture) => {
      const result = applyEdit(document, edit);
      if (!result.ok) throw new Error(result.refusal.message);
      const change = noteChange(notes, edit, wish);
      const [before, place] = [document, edits.length];
      done.push(() => {
        document = before;
        notes = withoutChange(notes, change, edits.slice(place + 1));
      });
      edits.push(edit);
      document = result.document;
      notes = withChange(notes, change);
    },
    undo: () => {
      done.pop()?.();
      edits.pop();
    },
    /** Takes an earlier gesture back, and leaves the later ones. */
    undoOnly: (place: number) => done[place]?.(),
    marks: () => notesIn(document, notes).map(({ edge }) => edge),
  };
}

describe("the mark of a suggestion that was taken", () => {
  test("stands until it is confirmed, and comes back when that is undone", () => {
    const it = draft();
    it.make({ edit: DRAW, wish: TAKE });
    expect(it.marks()).toEqual(["stock"]);
    it.make({ edit: CONFIRM, wish: { taken: [], confirmed: [NOTE] } });
    expect(it.marks()).toEqual([]);
    it.undo();
    expect(it.marks()).toEqual(["stock"]);
    it.undo();
    expect(it.marks()).toEqual([]);
  });

  test("goes with its line, and comes back with it", () => {
    const it = draft();
    it.make({ edit: DRAW, wish: TAKE });
    it.make({ edit: ERASE });
    expect(it.marks()).toEqual([]);
    it.undo();
    expect(it.marks()).toEqual(["stock"]);
  });

  test("is not on the same line when a person draws it", () => {
    const it = draft();
    it.make({ edit: DRAW, wish: TAKE });
    it.make({ edit: ERASE });
    it.make({ edit: DRAW });
    expect(it.marks()).toEqual([]);
    it.undo();
    it.undo();
    expect(it.marks()).toEqual(["stock"]);
  });

  test.each<[string, Edit]>([
    ["in one gesture with taking it away", { ...CONFIRM, edits: [ERASE, DRAW] } as Edit],
    [
      "and leads it elsewhere and back",
      {
        ...{ type: "change-edge", binding: "shop-product", edge: "stock" },
        changes: { columns: ["qty"] },
      },
    ],
  ])("is gone when a person draws it %s", (_, edit) => {
    const it = draft();
    it.make({ edit: DRAW, wish: TAKE });
    it.make({ edit });
    expect(it.marks()).toEqual([]);
  });

  test("stays when only a step or the direction is changed", () => {
    const it = draft();
    it.make({ edit: DRAW, wish: TAKE });
    const changes = { direction: "in" as const };
    it.make({ edit: { type: "change-edge", binding: "shop-product", edge: "stock", changes } });
    expect(it.marks()).toEqual(["stock"]);
  });

  test("does not come back onto what a person has drawn since", () => {
    const it = draft();
    it.make({ edit: DRAW, wish: TAKE });
    it.make({ edit: CONFIRM, wish: { taken: [], confirmed: [NOTE] } });
    it.make({ edit: ERASE });
    it.make({ edit: DRAW });
    it.undoOnly(1);
    expect(it.marks()).toEqual([]);
  });
});
