import { describe, expect, test } from "vitest";
import { checkMap } from "./check.ts";
import { diffMaps } from "./diff.ts";
import { type FieldGroup, MapDocument } from "./document.ts";
import type { Edit } from "./edits/edit.ts";
import { groupEdit } from "./edits/groups.ts";
import { applyEdit } from "./edits.ts";
import { parseMapFile, writeMapFile } from "./file.ts";
import { findBreaks } from "./integrity.ts";
import { ownershipSentence, policySentence } from "./sentences.ts";
import { SHOP_MAP } from "./testing/shop-map.ts";
import { SHOP_SCHEMAS } from "./testing/shop-schemas.ts";

type To = Omit<FieldGroup, "id"> | null;

const OFFER: To = {
  name: "Offer",
  fields: ["name", "price"],
  policy: { kind: "newest" },
  ownership: { tiers: [{ systems: ["erp", "shop"], when: "always" }], refused: "revert" },
};

function entityOf(document: MapDocument) {
  const [entity] = document.entities;
  if (entity === undefined) throw new Error("The map has no entity.");
  return entity;
}

function applied(document: MapDocument, edit: Edit): MapDocument {
  const result = applyEdit(document, edit);
  if (!result.ok) throw new Error(result.refusal.message);
  return result.document;
}

const set = (to: To, document = SHOP_MAP): MapDocument =>
  applied(document, groupEdit(entityOf(document), { group: "offer", to }));

const fieldIn = (document: MapDocument, id: string) =>
  entityOf(document).fields.find((one) => one.id === id);

const changes = (before: MapDocument, after: MapDocument): string[] =>
  diffMaps(before, after).entities.flatMap(({ fields }) =>
    fields.flatMap((field) =>
      field.changes.map((one) => `${one.sentence} (${one.before ?? "-"} → ${one.after ?? "-"})`),
    ),
  );

describe("a group of fields", () => {
  test("takes their own owners, and leaves them its own when it is parted", () => {
    const together = set(OFFER);
    expect(fieldIn(together, "price")).toMatchObject({ policy: { kind: "review" } });
    expect(fieldIn(together, "price")?.ownership).toBeUndefined();
    const parted = set(null, together);
    expect(entityOf(parted).groups).toBeUndefined();
    expect(fieldIn(parted, "name")).toMatchObject({
      ...{ policy: { kind: "newest" }, ownership: OFFER?.ownership },
    });
  });

  test("is undone to what was there before", () => {
    const edit = groupEdit(entityOf(SHOP_MAP), { group: "offer", to: OFFER });
    const made = applyEdit(SHOP_MAP, edit);
    if (!made.ok) throw new Error(made.refusal.message);
    expect(made.label).toBe("Set the group Offer");
    expect(applied(made.document, made.inverse)).toEqual(SHOP_MAP);
  });

  test.each<[string, Edit, string]>([
    [
      "an owner of a part",
      {
        ...{ type: "set-ownership", entity: "product", field: "price" },
        ownership: { tiers: [{ systems: ["erp"], when: "always" }], refused: "revert" },
      },
      "Product › Offer: Price is decided with the others of its group, and has an owner of its " +
        "own. Set it for Offer as a whole, or take Price out of the group.",
    ],
    [
      "a policy of a part",
      { type: "set-policy", entity: "product", field: "name", policy: { kind: "longest" } },
      "Product › Offer: Name is decided with the others of its group, and has a policy of its " +
        "own. Set it for Offer as a whole, or take Name out of the group.",
    ],
    [
      "a second group of a field",
      {
        ...{ type: "set-group", entity: "product", group: "other" },
        to: { name: "Other", fields: ["price", "stock"], policy: { kind: "review" } },
      },
      "Product › Other: Price is in the group Offer too. A field is decided with one group; take " +
        "it out of one of them.",
    ],
  ])("refuses %s, and says the way out", (_, edit, message) => {
    const outcome = applyEdit(set(OFFER), edit);
    expect(outcome.ok ? "" : outcome.refusal.message).toBe(message);
  });

  test("loses a field that is removed, and is parted when one is left", () => {
    const edit: Edit = { type: "remove-field", entity: "product", field: "name" };
    const titled = applied(set(OFFER), {
      ...{ type: "change-entity", entity: "product", changes: { title: "sku" } },
    });
    const without = applied(titled, edit);
    expect(entityOf(without).groups).toBeUndefined();
    expect(fieldIn(without, "price")?.ownership).toEqual(OFFER?.ownership);
    expect([...findBreaks(without)]).toEqual([]);
  });

  test("loses a system that is removed from its owners", () => {
    const without = applied(set(OFFER), { type: "remove-system", system: "shop" });
    expect(entityOf(without).groups?.[0]?.ownership?.tiers).toEqual([
      { systems: ["erp"], when: "always" },
    ]);
  });

  test("may not have a policy that makes a value of one field", () => {
    const problems = checkMap(
      set({ ...OFFER, name: "Offer", policy: { kind: "text-merge" } } as To),
      SHOP_SCHEMAS,
    );
    expect(problems.map(({ severity, code, message }) => [severity, code, message])).toEqual([
      [
        "error",
        "group-policy",
        'Product › Offer: the policy "Merge both texts" makes a value of one field, and this is ' +
          'Name and Price together. Choose "Newest wins", "First in the list wins", "Ask a ' +
          'person" or "First with a value wins".',
      ],
    ]);
  });

  test("warns where an object tells only a part of it", () => {
    const to = { ...OFFER, fields: ["price", "stock"], name: "Offer" } as To;
    expect(checkMap(set(to), SHOP_SCHEMAS).map(({ code, message }) => [code, message])).toEqual([
      [
        "part-of-group",
        "Product › Offer: Shop public.items does not tell Stock. Where its edit meets another one " +
          "it is asked, for nobody knows what belongs to it. Map the rest, or read none of it.",
      ],
    ]);
  });

  test("is told in words, of each of its fields too", () => {
    const document = set(OFFER);
    expect(ownershipSentence(document, "product", "price")).toBe(
      "Offer: ERP and Shop own it; other edits are set back",
    );
    expect(policySentence(document, "product", "name")).toContain("Offer: when two edits");
    expect(changes(SHOP_MAP, document)).toEqual([
      "Added: the group Offer (- → Name and Price are decided together; ERP and Shop own it; other edits are set back; when two edits of " +
        "equal rank meet, the newest edit wins; a tie is asked)",
      "Who owns Name has changed (ERP and Shop may change it, with equal rank → decided as a " +
        "part of Offer)",
      "Who owns Price has changed (ERP owns it; Shop fills when blank; other edits are set back → " +
        "decided as a part of Offer)",
      "What happens when two edits of Price meet has changed (when two edits of equal rank meet, " +
        "the newest edit wins; a tie is asked → decided as a part of Offer)",
    ]);
    const wider = set({ ...OFFER, fields: ["name", "price", "stock"] } as To, document);
    expect(changes(document, wider)[0]).toBe(
      "What is decided together as Offer has changed (Name and Price are decided together → " +
        "Name, Price and Stock are decided together)",
    );
  });

  test("goes into the file and comes back", () => {
    const document = set(OFFER);
    const text = writeMapFile({ document, connections: {} });
    expect(text).toContain("groups:");
    const parsed = parseMapFile(text);
    expect(parsed.ok && parsed.file.document).toEqual(document);
  });

  test("in a file with a mistake is found by its line", () => {
    const document = set(OFFER);
    const text = writeMapFile({ document, connections: {} }).replace(
      "fields: [ name, price ]",
      "fields: [ name, prize ]",
    );
    const parsed = parseMapFile(text);
    if (!parsed.ok) throw new Error("It has the right shape.");
    const [broken] = findBreaks(MapDocument.parse(parsed.file.document));
    expect(broken?.message).toContain("names the field prize, which its entity does not have");
    const line = text.split("\n")[parsed.positionOf(broken?.place ?? {}).line - 1];
    expect(line).toMatch(/id: offer/);
  });
});
