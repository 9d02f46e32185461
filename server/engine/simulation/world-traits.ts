import Big from "big.js";
import type { Cascade, MemoryHabits } from "../../connectors/memory/habits.ts";
import { refused } from "../../connectors/memory/table.ts";
import type { Columns, ColumnValue } from "../../core/values/field-value.ts";
import { quoteValue } from "../../core/values/format-value.ts";
import type { WorldSystem } from "./world-file.ts";

type Traits = WorldSystem["traits"];

/** What a system makes of the values that it is given. */
export function adjusted(traits: Traits, object: string, columns: Columns): Columns {
  const change = ([name, value]: [string, ColumnValue]) => {
    const isText = typeof value === "string";
    return [name, isText ? adjustedText(traits, `${object}.${name}`, value) : value];
  };
  return Object.fromEntries(Object.entries(columns).map(change));
}

/** What people put into numbers to read them better. */
const LOOSE = /[\s()./-]/g;

function adjustedText(traits: Traits, column: string, value: string): string {
  const digits = traits.rounds[column];
  if (digits !== undefined) return rounded(value, digits);
  let text = traits.compacts.includes(column) ? value.replace(LOOSE, "") : value;
  text = [...text].slice(0, traits.truncates[column] ?? text.length).join("");
  if (traits.uppercases.includes(column)) return text.toUpperCase();
  return traits.lowercases.includes(column) ? text.toLowerCase() : text;
}

function rounded(value: string, digits: number): string {
  try {
    return new Big(value).round(digits, Big.roundHalfUp).toString();
  } catch {
    // What is no number is refused by the column's type.
    return value;
  }
}

/** What a system does by itself. */
export function habitsOf(traits: Traits): MemoryHabits {
  return {
    fills: (object, row, before) => filled(traits, object, row, before),
    refuses: (object, row) => {
      const bad = Object.entries(row).find(([name, value]) =>
        traits.refuses[`${object}.${name}`]?.includes(value as string),
      );
      if (bad === undefined) return null;
      return refused("check", bad[0], `${bad[0]} must not be ${quoteValue(bad[1])}.`);
    },
    cascades: Object.entries(traits.cascades).map(cascadeOf),
    liesEvery: traits.lies ?? 0,
  };
}

function filled(traits: Traits, object: string, row: Columns, before: Columns | null): Columns {
  const columns: Record<string, ColumnValue> = {};
  for (const [place, template] of Object.entries(traits.computes)) {
    const name = columnIn(place, object);
    if (name === null) continue;
    columns[name] = template.replace(/\{(\w+)\}/g, (_, of: string) => String(row[of] ?? ""));
  }
  for (const name of traits.counts.flatMap((place) => columnIn(place, object) ?? [])) {
    columns[name] = String(Number(before?.[name] ?? 0) + 1);
  }
  return columns;
}

/** "items.price" of items => "price" */
function columnIn(place: string, object: string): string | null {
  return place.startsWith(`${object}.`) ? place.slice(object.length + 1) : null;
}

function cascadeOf([place, to]: [string, string]): Cascade {
  const at = place.lastIndexOf(".");
  return { object: place.slice(0, at), column: place.slice(at + 1), to };
}
