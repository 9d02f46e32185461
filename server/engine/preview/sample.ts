import type { Transaction } from "../../../db/client.ts";
import type { Row } from "../../connectors/connector.ts";
import { LIMITS } from "../../core/limits.ts";
import type { Entity } from "../../core/map/document.ts";
import { NOBODY } from "../../core/mapping/refer.ts";
import type { BindingRules } from "../../core/plan/compile-map.ts";
import { claimsOf } from "../../core/reconcile/unique.ts";
import {
  addPartners,
  drawPartners,
  drawRecords,
  drawTexts,
  type Holder,
  holdersOfKeys,
  holdersOfRows,
  type Key,
  type PartnerPlace,
  partnersSince,
  type ReferenceField,
  recordsNamed,
  rowsOfRecords,
} from "../../storage/preview-sample.ts";
import { copyMore } from "../../storage/preview-tables.ts";
import { readOf } from "../observe.ts";
import type { ReadAgain } from "./read-again.ts";

/** Rows that exchange their keys, each having had the one that the next one gets, end so late. */
const EXCHANGES_MAX = 3;

/** How far partners are followed that refer to others. */
const REFERENCES_MAX = 16;

/**
 * The records that are decided of a hub that has very many, and those that are taken along because
 * the sample's decisions look at them: whom its rows refer to, and who has a key that they tell.
 * Without them rows would be blocked, or made, only because the sample has not the other record.
 */
export class Sample {
  readonly #share: number;
  readonly #fields: readonly ReferenceField[];
  readonly #partners = new Set<string>();
  /** Counts the takings: what was noted under a later one is still to be copied. */
  #step = 1;
  #noted = 0;
  #isCut = false;
  #isEndless = false;

  /**
   * @param share of the hub's records that is looked at
   * @param fields that refer to records
   */
  constructor(share: number, fields: readonly ReferenceField[]) {
    this.#share = share;
    this.#fields = fields;
  }

  /**
   * What of its decisions may be otherwise in the whole, beside chance, in sentences.
   * @param rekeyed entities whose records are found by other keys than before
   */
  doubts(rekeyed: readonly Pick<Entity, "name">[]): string[] {
    const most = LIMITS.previewPartnersMax.toLocaleString("en");
    return [
      ...rekeyed.map(
        ({ name }) =>
          `Match keys or unique values of ${name} change: whether a record outside the sample ` +
          "has the same one is not known.",
      ),
      ...(this.#isCut
        ? [
            `The sample's rows lead to more than ${most} other records: what waits for one that ` +
              "was not taken along counts as blocked or held.",
          ]
        : []),
      ...(this.#isEndless
        ? [
            "Unique values move from record to record further than a sample follows: some may " +
              "count as held that will not be.",
          ]
        : []),
    ];
  }

  /** Is it decided for others' sake alone, and not to be counted? */
  isPartner(record: string): boolean {
    return this.#partners.has(record);
  }

  /** Draws it, before anything is copied. */
  async draw(tx: Transaction): Promise<void> {
    await drawRecords(tx, this.#share);
    await this.#follow(tx);
    for (const record of await partnersSince(tx, 1)) this.#partners.add(record);
  }

  /**
   * Of a page of an object those rows that are the sample's: its records' own, those that are to be
   * matched with them, and the same share of those that would become records. Their partners are
   * taken along first.
   * @param run the read that tells them
   */
  async rowsIn(
    tx: Transaction,
    again: ReadAgain,
    { rows, run }: { readonly rows: readonly Row[]; readonly run: string },
  ): Promise<Row[]> {
    const bindings = idsOf(again);
    const ids = rows.map(({ externalId }) => externalId);
    const holders = await holdersOfRows(tx, bindings, ids);
    const strange = rows.filter(({ externalId }) => !holders.has(externalId));
    const drawn = await this.#drawn(tx, again, strange);
    const isIn = ({ externalId }: Row) =>
      holders.get(externalId)?.some(isTaken) ?? drawn.has(externalId);
    const chosen = rows.filter(isIn);
    const mayMatch = chosen.filter(
      ({ externalId }) => (holders.get(externalId)?.length ?? 0) < bindings.length,
    );
    const told = new Map<string, Row[]>();
    for (const row of rows) {
      for (const { record } of holders.get(row.externalId) ?? []) {
        told.set(record, [...(told.get(record) ?? []), row]);
      }
    }
    return [...chosen, ...(await this.#takeAlong(tx, again, { chosen, mayMatch, told, run }))];
  }

  /** Of rows that are nobody's yet, those that the sample's records will get, and a share. */
  async #drawn(
    tx: Transaction,
    { bindings, isRekeyed }: ReadAgain,
    rows: readonly Row[],
  ): Promise<Set<string>> {
    if (rows.length === 0 || isRekeyed) return new Set();
    const told = rows.flatMap((row) => keysOf(bindings, row).map((key) => ({ row, key })));
    const holders = await holdersOfKeys(
      tx,
      told.map(({ key }) => key),
    );
    const drawn = new Set<string>();
    // Rows of two systems that become one record are drawn by what they have in common.
    const named = new Map(rows.map(({ externalId }) => [externalId, externalId]));
    for (const { row, key } of told.toReversed()) named.set(row.externalId, key.value);
    for (const [place, { row }] of told.entries()) {
      const of = holders[place] ?? [];
      if (of.length > 0) named.delete(row.externalId);
      if (of.some(isTaken)) drawn.add(row.externalId);
    }
    const texts = await drawTexts(tx, [...named.values()], this.#share);
    for (const [id, text] of named) if (texts.has(text)) drawn.add(id);
    return drawn;
  }

  /** @returns rows of partners that give up, or keep, what the chosen ones tell */
  async #takeAlong(
    tx: Transaction,
    again: ReadAgain,
    of: {
      readonly chosen: readonly Row[];
      readonly mayMatch: readonly Row[];
      /** All rows of the page, by the records that they are. */
      readonly told: ReadonlyMap<string, readonly Row[]>;
      readonly run: string;
    },
  ): Promise<Row[]> {
    const { bindings } = again;
    const more: Row[] = [];
    let keys = of.mayMatch.flatMap((row) => keysOf(bindings, row));
    let rows = of.chosen;
    for (let round = 0; round < EXCHANGES_MAX && rows.length > 0; round += 1) {
      keys.push(...rows.flatMap((row) => uniqueOf(bindings, row)));
      const named = await recordsNamed(
        tx,
        rows.flatMap((row) => namedBy(bindings, row)),
      );
      const holders = (await holdersOfKeys(tx, keys)).flat().filter((one) => !isTaken(one));
      const keyed = [...new Set(holders.map(({ record }) => record))];
      await this.#take(tx, [...new Set([...named, ...keyed])], of.run);
      rows = again.isKnown
        ? await rowsOfRecords(tx, idsOf(again), keyed)
        : keyed.flatMap((record) => of.told.get(record) ?? []);
      // What an earlier page told of it has passed by.
      this.#isEndless ||= !again.isKnown && keyed.some((record) => !of.told.has(record));
      more.push(...rows);
      keys = [];
    }
    this.#isEndless ||= rows.length > 0;
    return more;
  }

  async #take(tx: Transaction, records: readonly string[], run: string): Promise<void> {
    if (records.length === 0) return;
    const before = this.#step;
    await this.#note((place) => addPartners(tx, records, place));
    await this.#follow(tx);
    const news = await partnersSince(tx, before);
    if (news.length === 0) return;
    for (const record of news) this.#partners.add(record);
    await copyMore(tx, before, run);
  }

  /** Notes whom those refer to that were noted last, and so on. */
  async #follow(tx: Transaction): Promise<void> {
    for (let round = 0; round < REFERENCES_MAX; round += 1) {
      const count = await this.#note((place) => drawPartners(tx, this.#fields, place));
      if (count === 0) return;
    }
  }

  /** @param put notes partners under a step, no more than there is room for */
  async #note(put: (place: PartnerPlace) => Promise<number>): Promise<number> {
    this.#step += 1;
    const countMax = LIMITS.previewPartnersMax - this.#noted;
    const count = await put({ step: this.#step, countMax });
    this.#noted += count;
    this.#isCut ||= this.#noted >= LIMITS.previewPartnersMax;
    return count;
  }
}

const isTaken = (holder: Holder): boolean => holder.isTaken;

const idsOf = ({ bindings }: ReadAgain): string[] => bindings.map(({ binding }) => binding.id);

/** By what a row is matched with a record. */
function keysOf(bindings: readonly BindingRules[], row: Row): Key[] {
  return bindings.flatMap((rules) => {
    const { entity } = rules;
    if (entity.matchKeys.length === 0) return [];
    const fields = fieldsOf(rules, row);
    return entity.matchKeys.flatMap((key) => {
      const value = key.valueOf((field) => fields[field]);
      return value === null ? [] : [{ entity: entity.entity.id, key: key.name, value }];
    });
  });
}

/** What of a row no other record may have. */
function uniqueOf(bindings: readonly BindingRules[], row: Row): Key[] {
  return bindings.flatMap((rules) => {
    if (rules.entity.unique.length === 0) return [];
    const fields = fieldsOf(rules, row);
    return claimsOf(rules.entity, (field) => fields[field]).map(({ entity, key, value }) => ({
      ...{ entity, key, value },
    }));
  });
}

/** What a row says but whom it refers to: nobody is matched by that alone. */
function fieldsOf(rules: BindingRules, { columns }: Row) {
  return rules.mapping.forward(readOf(rules, columns), null, NOBODY).fields;
}

function namedBy(bindings: readonly BindingRules[], { columns }: Row) {
  return bindings.flatMap((rules) =>
    rules.mapping.references.length === 0
      ? []
      : rules.mapping.namedRows(readOf(rules, columns), null),
  );
}
