import type { Batch, Row } from "../../connectors/connector.ts";
import { LIMITS } from "../../core/limits.ts";
import type { Position } from "../../core/position.ts";
import { nextReading } from "../../storage/inbox.ts";
import { findUnseenIds } from "../../storage/world.ts";
import { type EngineContext, nowOf } from "../context.ts";
import { type Found, type Reading, tellFound } from "./found.ts";
import { type ReadingPlace, toldAt } from "./place.ts";
import type { RecentRows } from "./recent.ts";
import { Told, type ToldPlace } from "./told.ts";

type Whole = {
  readonly object: string;
  /** Where it began: a row that was told since then is not missed by it. */
  readonly position: Position;
  /**
   * Its pages are told as of its beginning, whenever they come: a system may show all of them as
   * the rows were then, and what was told of a row since is newer.
   */
  readonly place: ToldPlace;
  readonly pages: AsyncIterator<Row[]>;
  arePagesOver: boolean;
  /** When its first page was asked for, and what had been told lately by then; null before. */
  begun: Required<Pick<Found, "begunMs" | "lately">> | null;
  /** Rows up to this id that it has not seen were asked for by their ids. */
  askedUpTo: string;
};

/**
 * Reads of all rows of an object: the first one, and sweeps later on, which find what nobody
 * has told. Rows come and go while it goes on, so what it has not seen is asked for by its id
 * before it is taken for gone.
 */
export class WholeReads {
  readonly #context: EngineContext;
  readonly #reading: Reading;
  readonly #place: ReadingPlace;
  readonly #recent: RecentRows;
  readonly #wholes: Whole[] = [];

  constructor(
    context: EngineContext,
    reading: Reading,
    { place, recent }: { readonly place: ReadingPlace; readonly recent: RecentRows },
  ) {
    this.#context = context;
    this.#reading = reading;
    this.#place = place;
    this.#recent = recent;
  }

  get isOver(): boolean {
    return this.#wholes.length === 0;
  }

  async begin(object: string): Promise<void> {
    const place = { number: await nextReading(this.#context.sql), index: 0 };
    const position = toldAt(place.number, 0);
    const pages = this.#reading.session.readAll(object, LIMITS.batchObservationsMax);
    this.#wholes.push({
      ...{ object, position, place, arePagesOver: false, begun: null, askedUpTo: "" },
      pages: pages[Symbol.asyncIterator](),
    });
  }

  /** Begins with those of these objects whose last whole read is too long ago. */
  async beginDue(objects: readonly string[]): Promise<void> {
    const now = Date.parse(nowOf(this.#context));
    const { sweepMs } = this.#reading.session.pace;
    for (const object of objects) {
      const last = this.#place.sweptAt(object);
      const isUnderWay = this.#wholes.some((one) => one.object === object);
      if (isUnderWay || last === null || now - Date.parse(last) < sweepMs) continue;
      await this.begin(object);
    }
  }

  /** The next page of the oldest one; null when none is under way. */
  async next(): Promise<Batch | null> {
    const [whole] = this.#wholes;
    if (whole === undefined) return null;
    return whole.arePagesOver ? await this.#unseen(whole) : await this.#page(whole);
  }

  async #page(whole: Whole): Promise<Batch | null> {
    whole.begun ??= {
      begunMs: this.#context.clock.monotonicMs(),
      lately: this.#recent.lately.copy(),
    };
    const { begun } = whole;
    const { value: rows, done } = await whole.pages.next();
    whole.arePagesOver = done === true;
    if (whole.arePagesOver) return await this.#unseen(whole);
    const ids = rows.map(({ externalId }: Row) => externalId);
    const told = new Told(this.#recent, whole.place);
    const unplaced = await this.#tell(whole, told, { rows, ids, ...begun });
    for (const externalId of unplaced) told.again({ object: whole.object, externalId });
    return await this.#pageOf(whole, told, false);
  }

  async #tell({ object }: Whole, told: Told, found: Omit<Found, "object" | "isWhole">) {
    return await tellFound(this.#context, this.#reading, told, { ...found, object, isWhole: true });
  }

  /** Reading goes on behind all that was told until now. */
  async #pageOf({ object, position }: Whole, told: Told, last: boolean): Promise<Batch> {
    const next = this.#place.after(await nextReading(this.#context.sql));
    return told.page(object, position, next, last);
  }

  /** Rows that no page had are asked for by their ids; then those that are not there are gone. */
  async #unseen(whole: Whole): Promise<Batch | null> {
    const { object, position, askedUpTo } = whole;
    const { session, bindingsOf, runOf } = this.#reading;
    const ids = await findUnseenIds(this.#context.sql, bindingsOf(object), {
      ...{ seenIn: runOf(object) ?? "", before: position, after: askedUpTo },
      countMax: LIMITS.batchObservationsMax,
    });
    if (ids.length === 0) {
      this.#wholes.shift();
      this.#place.swept(object, nowOf(this.#context));
      return await this.#pageOf(whole, new Told(this.#recent, whole.place), true);
    }
    const begunMs = this.#context.clock.monotonicMs();
    const rows = await session.readByIds(object, ids);
    const told = new Told(this.#recent, await nextReading(this.#context.sql));
    const unplaced = await this.#tell(whole, told, { rows, ids, begunMs });
    // Those that a write of ours is on its way to are asked for once more, when it is over.
    if (unplaced.length === 0) whole.askedUpTo = ids.at(-1) ?? askedUpTo;
    return told.isEmpty ? null : await this.#pageOf(whole, told, false);
  }
}
