import type { World, WorldEvent } from "../world-file.ts";
import type { PlayTold, Window } from "./windows.ts";

const SECOND = 1_000;

const deletingMap = (map: World["map"]): World["map"] => ({
  ...map,
  bindings: map.bindings.map((binding) => ({
    ...binding,
    ...{ whenRowGone: "delete", whenRecordDeleted: "delete" },
  })),
});

/** So many of so many rows are deleted at once by mistake. @returns how many go everywhere */
async function gone(
  play: PlayTold,
  map: World["map"],
  { deleted, of }: { readonly deleted: number; readonly of: number },
): Promise<number> {
  const numbers = Array.from({ length: of }, (_, place) => String(place + 1));
  const events = numbers
    .slice(0, deleted)
    .map((id): WorldEvent => ({ at: 20 * SECOND, system: "erp", delete: id }));
  const rows = {
    erp: numbers.map((number) => ({ sku: `A-${number}`, title: "Rope", price: "1" })),
    shop: numbers.map((number) => ({ code: `A-${number}`, name: "Rope", price: "1" })),
  };
  const result = await play({ map: deletingMap(map), events, rows, reads: null });
  return of - Object.keys(result.systems["shop"]?.["items"] ?? {}).length;
}

/** The most that goes through unasked when everything at once is deleted, row after row. */
async function unasked(play: PlayTold, map: World["map"], of: number): Promise<string> {
  return `${await gone(play, map, { deleted: of, of })} of ${of}`;
}

/** How large a mistake must be to be asked. */
export const MASS: readonly Window[] = [
  {
    name: "small-mistakes",
    size: "the larger of 3 rows and 20 %, in a run or in 10 minutes of a stream, where the map says nothing else",
    measure: async (play, { map }) => {
      const told = [
        await unasked(play, map, 5),
        await unasked(play, map, 20),
        await unasked(play, map, 40),
      ];
      return `all rows are deleted, and before a person is asked there go ${told.join(", ")}`;
    },
  },
];
