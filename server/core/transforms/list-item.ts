import { z } from "zod";
import { type FieldValue, isList } from "../values/field-value.ts";
import { quoteValue } from "../values/format-value.ts";
import { eachValue, type One, proving } from "./each-value.ts";
import { ofList } from "./lists.ts";
import { defineTransform, problem } from "./transform.ts";

const PLACE_MAX = 1_000;

export const listItem = defineTransform({
  id: "list-item",
  summary: "Takes one member of a list: the first, the last, the third.",
  help:
    "1 is the first member, 2 the second, -1 the last. A list that is too short gives no value. " +
    "On the way back the member is put in the place of the row's own, and the others stay; a row " +
    "without a list gets one of this member, if it is the first or last. A set has no first one: " +
    "sort it before.",
  accepts: ["list"],
  returns: ["text", "enum", "integer", "decimal", "boolean", "date", "time", "instant"],
  settings: z.strictObject({
    place: z
      .int()
      .min(-PLACE_MAX)
      .max(PLACE_MAX)
      .default(1)
      .describe("Which member: 1 is the first, -1 the last"),
  }),
  sentence: ({ place }) => `Takes ${placeWords(place)} of a list; on the way back puts it there.`,

  compile({ place }) {
    if (place === 0) return "The first member is 1, and the last is -1.";
    const read = ofList((list) => list.at(place < 0 ? place : place - 1) ?? null);
    return eachValue({
      kind: "lossy",
      read,
      write: proving(read, (value, before) => put(value, place, before)),
    });
  },

  examples: [
    { settings: {}, forward: [["a", "b"], [], null], gives: ["a", null, null] },
    { settings: { place: -1 }, forward: [["a", "b"]], gives: ["b"] },
    { settings: { place: 3 }, forward: [["a", "b"]], gives: [null] },
    {
      settings: { place: 2 },
      backward: ["x"],
      previous: [["a", "b", "c"]],
      gives: [["a", "x", "c"]],
    },
    { settings: {}, backward: ["x"], gives: [["x"]] },
    { settings: {}, backward: [null], previous: [[]], gives: [[]] },
    { settings: {}, backward: [null], previous: [["a"]], fails: "no-way-back" },
    { settings: { place: 2 }, backward: ["x"], fails: "no-way-back" },
    { settings: {}, forward: ["a"], fails: "type" },
    { settings: { place: 0 }, forward: [["a"]], fails: "settings" },
  ],
});

function put(value: FieldValue, place: number, before: FieldValue | undefined): One {
  const list = before !== undefined && isList(before) ? before : [];
  if (value !== null) return putIn(list, value, place);
  if (list.length === 0) return before ?? null;
  return problem("no-way-back", "A member of a list cannot be left out without the others moving.");
}

/** In the place of a member, or behind or before all of them. */
function putIn(list: readonly FieldValue[], value: FieldValue, place: number): One {
  const at = place < 0 ? list.length + place : place - 1;
  if (at >= 0 && at < list.length) return list.with(at, value);
  if (at === list.length) return [...list, value];
  if (at === -1) return [value, ...list];
  return problem("no-way-back", `${quoteValue(value)} has no place in a list so short.`);
}

function placeWords(place: number): string {
  if (place === 1) return "the first member";
  if (place === -1) return "the last member";
  return place > 0 ? `member ${place}` : `member ${-place} from the end`;
}
