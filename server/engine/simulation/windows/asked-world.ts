import {
  readWorld,
  type World,
  type WorldObject,
  type WorldReads,
  type WorldSystem,
} from "../world-file.ts";

const PATH = new URL("../../../../docs/worlds/asked-shop.yaml", import.meta.url).pathname;

export const readAskedWorld = (): Promise<World> => readWorld(PATH);

/** The same world with other events, faults, rows and habits of its shop. */
export type Told = Partial<Pick<World, "events" | "faults" | "map">> & {
  /** Null: the shop has a log. */
  readonly reads?: Partial<WorldReads> | null;
  readonly traits?: Partial<WorldSystem["traits"]>;
  readonly columns?: WorldObject["columns"];
  /** Sets of columns of which no two rows of the shop have the same. */
  readonly unique?: WorldObject["unique"];
  /** What the ERP has in the beginning, and the shop; both have what the file says otherwise. */
  readonly rows?: { readonly erp: WorldObject["rows"]; readonly shop: WorldObject["rows"] };
};

export function askedWorld(base: World, told: Told): World {
  const { reads = {}, events = [], faults = [], traits = {}, columns = {}, map = base.map } = told;
  const { erp, shop } = base.systems;
  const products = erp?.objects["products"];
  const items = shop?.objects["items"];
  if (erp === undefined || shop === undefined || products === undefined || items === undefined) {
    throw new Error(`${PATH} has an ERP with products and a shop with items.`);
  }
  const plain = { stamps: 1, clockBehind: 0, callRows: 1_000 };
  const { reads: habits, ...others } = { ...shop.traits, ...traits };
  const asked = { ...habits, ...plain, ...reads } as WorldReads;
  const { rows, unique } = told;
  return {
    ...base,
    ...{ map, events, faults },
    systems: {
      erp: { ...erp, objects: { products: { ...products, ...(rows && { rows: rows.erp }) } } },
      shop: {
        ...shop,
        objects: {
          items: {
            ...{ ...items, ...(rows && { rows: rows.shop }) },
            ...(unique && { unique }),
            columns: { ...items.columns, ...columns },
          },
        },
        traits: { ...others, ...(reads === null ? {} : { reads: asked }) },
      },
    },
  };
}
