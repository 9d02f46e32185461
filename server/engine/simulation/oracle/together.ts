import { TOGETHER } from "../together.ts";
import { isSame } from "./audit-replay.ts";
import type { AuditRow, HubView } from "./hub-view.ts";
import type { Touch, Truth } from "./truth.ts";

type Names = readonly unknown[];

/**
 * Names that are decided together are never a mix: every record has two that stood together in a
 * row of it, as somebody there had put them, or that a person has put together in the hub.
 */
export class Together {
  readonly #truth: Truth;
  /** By record: what a person has made of it in the hub. */
  readonly #said = new Map<string, Names[]>();

  constructor(truth: Truth) {
    this.#truth = truth;
  }

  /** @param news lines since the last look; only what they are about is looked at */
  check(view: HubView, news: readonly AuditRow[]): string[] {
    const records = new Set(news.map(({ record }) => record));
    return [...records].flatMap((id) => {
      const record = view.records.get(id);
      if (record === undefined) return [];
      const names = TOGETHER.map((field) => record.values[field]?.v ?? null);
      if (news.some((line) => isWord(line, id))) this.#say(id, names);
      if (names.every((name) => name === null) || this.#isKnown(view, id, names)) return [];
      const words = names.map((name) => JSON.stringify(name)).join(" and ");
      return [`record ${id} has the names ${words}, which nobody has put together`];
    });
  }

  #say(record: string, names: Names): void {
    this.#said.set(record, [...(this.#said.get(record) ?? []), names]);
  }

  #isKnown(view: HubView, record: string, names: Names): boolean {
    if (this.#said.get(record)?.some((said) => areSame(said, names))) return true;
    const rows = view.links.filter((link) => link.record === record);
    return rows.some(({ system, external_id: id }) =>
      this.#truth.touches.some(
        (touch) =>
          touch.system === system &&
          (touch.id === id || this.#truth.idOf(system, touch.row) === id) &&
          areSame(this.#namesIn(touch), names),
      ),
    );
  }

  /** What somebody of the system left there; what we have written is no word of theirs. */
  #namesIn({ system, after, isOurs }: Touch): Names | null {
    if (after === null || isOurs) return null;
    const read: Readonly<Record<string, unknown>> = this.#truth.shapeOf(system).read(after);
    return TOGETHER.map((field) => read[field] ?? null);
  }
}

const isWord = ({ record, actor, kind }: AuditRow, id: string): boolean =>
  record === id && actor.startsWith("person:") && (kind === "set" || kind === "resolved");

const areSame = (one: Names | null, other: Names): boolean =>
  one?.every((name, at) => isSame(name, other[at])) === true;
