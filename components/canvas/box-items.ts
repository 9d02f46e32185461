import { GROUP_HEIGHT, GROUP_ROWS_MAX, HEADER_HEIGHT, ROW_HEIGHT } from "./geometry.ts";

/** What stands under the header of a box, from top to bottom. */
export type BoxItem<Row> =
  | { readonly kind: "group"; readonly id: string; readonly label: string; readonly top: number }
  | { readonly kind: "row"; readonly id: string; readonly row: Row; readonly top: number }
  /** Opens or closes what it names: "19 unmapped", "26 more". */
  | {
      readonly kind: "toggle";
      readonly id: string;
      readonly label: string;
      readonly isOpen: boolean;
      readonly top: number;
      /** Rows that it hides now: their lines end here. */
      readonly hides: readonly string[];
    };

/** A stretch of rows of a box. */
export type BoxGroup<Row> = {
  readonly id: string;
  /** Drawn above the rows; null: nothing is drawn. */
  readonly label: string | null;
  readonly rows: readonly Row[];
  /** Closed until somebody opens it, under this label: "19 unmapped". */
  readonly closedLabel?: string | undefined;
  /** With such a label it is open until somebody closes it. */
  readonly startsOpen?: boolean;
};

/**
 * Lays out the rows of a box. A group shows at most `GROUP_ROWS_MAX` rows until it is opened.
 * @param open ids of groups that somebody opened, or closed where they start open
 */
export function layOutBox<Row extends { readonly id: string }>(
  groups: readonly BoxGroup<Row>[],
  open: ReadonlySet<string>,
): { readonly items: BoxItem<Row>[]; readonly height: number } {
  const items: BoxItem<Row>[] = [];
  let top = HEADER_HEIGHT;
  for (const group of groups) {
    if (group.rows.length === 0) continue;
    for (const item of itemsOf(group, open.has(group.id) !== (group.startsOpen === true))) {
      items.push({ ...item, top });
      top += item.kind === "group" ? GROUP_HEIGHT : ROW_HEIGHT;
    }
  }
  return { items, height: top };
}

function itemsOf<Row extends { readonly id: string }>(
  group: BoxGroup<Row>,
  isOpen: boolean,
): Unplaced<Row>[] {
  const { id, label, rows, closedLabel } = group;
  const heading: Unplaced<Row>[] =
    label === null ? [] : [{ kind: "group", id: `group:${id}`, label }];
  const shown = shownRows(group, isOpen);
  const items = shown.map((row): Unplaced<Row> => ({ kind: "row", id: row.id, row }));
  const folds = closedLabel ?? moreLabel(rows.length);
  if (folds === null) return [...heading, ...items];
  const hides = rows.slice(shown.length).map((row) => row.id);
  const toggle: Unplaced<Row> = {
    ...{ kind: "toggle", id: `toggle:${id}`, label: folds, isOpen, hides },
  };
  return closedLabel === undefined
    ? [...heading, ...items, toggle]
    : [...heading, toggle, ...items];
}

type Unplaced<Row> =
  BoxItem<Row> extends infer Item ? (Item extends unknown ? Omit<Item, "top"> : never) : never;

function moreLabel(rows: number): string | null {
  return rows > GROUP_ROWS_MAX ? `${rows - GROUP_ROWS_MAX} more` : null;
}

function shownRows<Row>(group: BoxGroup<Row>, isOpen: boolean): readonly Row[] {
  if (group.closedLabel !== undefined) return isOpen ? group.rows : [];
  return isOpen ? group.rows : group.rows.slice(0, GROUP_ROWS_MAX);
}

/** Where lines of rows begin: the middle of each row, or of the fold that hides it. */
export function anchorsOf(items: readonly BoxItem<{ id: string }>[]): ReadonlyMap<string, number> {
  const anchors = new Map<string, number>();
  for (const item of items) {
    if (item.kind === "group") continue;
    const middle = item.top + ROW_HEIGHT / 2;
    if (item.kind === "row") anchors.set(item.id, middle);
    else for (const id of item.hides) anchors.set(id, middle);
  }
  return anchors;
}
