import { asPosition, type Position } from "../../core/position.ts";

/** What is remembered of each object between two reads. */
type Known = {
  /** What its system gave to be asked with next. */
  readonly cursor: string;
  /** When all of its rows were read last, ISO 8601 UTC; null while they have not been. */
  readonly sweptAt: string | null;
};

/**
 * Where the reading of a system without a log stands, as one position: the number of the last read
 * that the hub has committed, and what is remembered of each object.
 *
 * 12, items asked with "c7" => `0000000000000012~{"items":{"cursor":"c7","sweptAt":null}}`
 */
export class ReadingPlace {
  readonly #known: Map<string, Known>;

  private constructor(known: Map<string, Known>) {
    this.#known = known;
  }

  static at(position: Position | null): ReadingPlace {
    const text = position?.slice(position.indexOf("~") + 1) ?? "";
    const known = text.startsWith("{") ? (JSON.parse(text) as Record<string, Known>) : {};
    return new ReadingPlace(new Map(Object.entries(known)));
  }

  cursorOf(object: string): string | undefined {
    return this.#known.get(object)?.cursor;
  }

  sweptAt(object: string): string | null {
    return this.#known.get(object)?.sweptAt ?? null;
  }

  move(object: string, cursor: string): void {
    this.#known.set(object, { cursor, sweptAt: this.sweptAt(object) });
  }

  swept(object: string, at: string): void {
    const known = this.#known.get(object);
    if (known !== undefined) this.#known.set(object, { ...known, sweptAt: at });
  }

  /** The position behind everything that the read of this number told. */
  after(number: string): Position {
    const known = JSON.stringify(Object.fromEntries(this.#known));
    return asPosition(`${padded(number)}~${known}`);
  }
}

/** The place of one of the things that a read told, in the order of all of them. */
export function toldAt(number: string, index: number): Position {
  return asPosition(`${padded(number)}:${String(index).padStart(10, "0")}`);
}

const padded = (number: string): string => number.padStart(16, "0");
