import fc from "fast-check";
import { FieldGroup, MapDocument } from "../../map/document.ts";
import { GROUP_POLICIES } from "../../map/groups.ts";
import { type CompiledMap, compileMap } from "../../plan/compile-map.ts";
import type { Columns, FieldValue } from "../../values/field-value.ts";
import type { RecordState } from "../state.ts";
import { ModelHub } from "./model-hub.ts";
import {
  atSecond,
  type Perturbation,
  perturb,
  SYSTEMS,
  type SystemName,
  tiers,
} from "./three-states.ts";

/** Three systems that share addresses, decided as one: what the laws of groups are tried on. */
export const PARTS = ["street", "city", "zip"] as const;

export type AddressRules = {
  readonly group?: Partial<FieldGroup> | undefined;
  /** Parts that c's rows tell and receive; without it all. */
  readonly ofC?: readonly string[];
  /** The fields are decided one by one: the map before there was a group. */
  readonly alone?: true;
  /** Records make rows in the other systems, where nothing is said. */
  readonly makesRows?: boolean;
};

/** A zip of more than five characters does not fit. */
export function addressMap(rules: AddressRules): CompiledMap {
  const { group, ofC = PARTS, alone, makesRows = true } = rules;
  const together = { id: "address", name: "Address", fields: [...PARTS], ...group };
  const { ownership, policy } = FieldGroup.parse(together);
  const own = alone === true ? { policy, ...(ownership && { ownership }) } : {};
  const document = MapDocument.parse({
    format: 1,
    systems: SYSTEMS.map((id, line) => ({
      ...{ id, name: id, code: `${id.toUpperCase()}1`, line: line + 1 },
    })),
    entities: [
      {
        ...{ id: "thing", name: "Thing", title: "key", matchKeys: [["key"]] },
        ...(alone === true ? {} : { groups: [together] }),
        fields: [
          { id: "key", name: "Key", type: "text" },
          { id: "note", name: "Note", type: "text", policy: { kind: "newest" } },
          ...PARTS.map((id) => ({
            ...{ id, name: id, type: "text", ...own },
            ...(id === "zip" && { validation: [{ kind: "length", max: 5 }] }),
          })),
        ],
      },
    ],
    bindings: SYSTEMS.map((system) => ({
      ...{ id: `${system}-thing`, system, object: "things", entity: "thing" },
      ...{ whenRowGone: "delete", whenRecordDeleted: "delete", createsRows: makesRows },
      edges: ["key", "note", ...(system === "c" ? ofC : PARTS)].map((id) => ({
        ...{ id, columns: [id], fields: [id] },
      })),
    })),
  });
  return compileMap(1, document, () => null);
}

/** "Elm 1/Bonn/53111": one text for three values; "-" is null. */
export function columnsOf(text: string): Columns {
  const values = text.split("/").map((one) => (one === "-" ? null : one));
  return Object.fromEntries(PARTS.map((part, at) => [part, values[at] ?? null]));
}

export const textOf = (value: (part: string) => FieldValue | undefined): string =>
  PARTS.map((part) => value(part) ?? "-").join("/");

export const hubText = (record: RecordState | undefined): string =>
  textOf((part) => record?.values[part]?.v);

export const rowText = (hub: ModelHub, system: string): string =>
  textOf((part) => hub.system(system).rows.get("1")?.[part] ?? null);

/** The hub and all systems, agreed on one address. */
export function agreeOn(rules: AddressRules, address: string): ModelHub {
  const hub = new ModelHub(addressMap(rules));
  for (const system of SYSTEMS) {
    const row = { key: "K1", note: "n", ...columnsOf(address) };
    hub.observe([hub.edit(system, "1", row, atSecond(0))]);
  }
  while (hub.deliver() > 0);
  return hub;
}

/** A person edits an address in a system, and the hub is told. */
export function edit(hub: ModelHub, system: SystemName, address: string, second = 1): void {
  hub.observe([hub.edit(system, "1", columnsOf(address), atSecond(second))]);
}

/** One edit of each system's address, before any of them is told. */
export function editAtOnce(hub: ModelHub, addresses: Partial<Record<SystemName, string>>): void {
  const told = Object.entries(addresses).map(([system, address], at) =>
    hub.edit(system, "1", columnsOf(address), atSecond(at + 1)),
  );
  for (const one of told) hub.observe([one]);
}

const part = (id: string) => fc.constantFrom(`${id}1`, `${id}2`, `${id}3`, null);
/** Whole addresses, and single lines of one. */
const lines = fc.oneof(
  fc.record({ street: part("s"), city: part("c"), zip: part("z") }),
  fc.record({ street: part("s") }),
  fc.record({ zip: part("z") }),
  fc.record({ city: part("c"), zip: part("z") }),
  fc.record({ note: part("n") }),
);

export const groupRules: fc.Arbitrary<AddressRules> = fc
  .record({
    kind: fc.constantFrom(...GROUP_POLICIES),
    tiers,
    refused: fc.constantFrom("revert" as const, "keep-apart" as const, "review" as const),
    once: fc.constantFrom(undefined, undefined, true as const),
  })
  .map(({ kind, tiers, refused, once }) => ({
    group: {
      policy: { kind },
      ...(tiers && { ownership: { tiers: tiers as never, refused, ...(once && { once }) } }),
    },
  }));

export type AddressCase = { readonly rules: AddressRules; readonly steps: readonly Perturbation[] };

export const addressCases: fc.Arbitrary<AddressCase> = fc.record({
  rules: groupRules,
  steps: fc.array(
    fc.record({
      system: fc.constantFrom(...SYSTEMS),
      row: fc.constant("1" as const),
      columns: fc.oneof(
        { weight: 12, arbitrary: lines },
        { weight: 1, arbitrary: fc.constant({ street: "s2", zip: "far too long" }) },
        { weight: 1, arbitrary: fc.constant(null) },
      ),
      second: fc.integer({ min: 1, max: 500 }),
    }),
    { minLength: 1, maxLength: 10 },
  ),
});

/**
 * Plays a case, and notes every address that a person has made in a system.
 * @param look is called after each thing that happened
 */
export function playAddresses(
  { rules, steps }: AddressCase,
  deliverAfter: readonly boolean[],
  look: (hub: ModelHub, made: ReadonlySet<string>) => void = () => {},
): ModelHub {
  const hub = agreeOn(rules, "s1/c1/z1");
  const made = new Set(["s1/c1/z1", "-/-/-"]);
  for (const [at, step] of steps.entries()) {
    const told = perturb(hub, step);
    made.add(rowText(hub, step.system));
    if (told !== null) hub.observe([told]);
    look(hub, made);
    if (deliverAfter[at % deliverAfter.length] === true) hub.deliver();
    look(hub, made);
  }
  return hub;
}
