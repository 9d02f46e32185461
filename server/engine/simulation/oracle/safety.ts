import type { Sql } from "../../../../db/client.ts";
import type { MapDocument } from "../../../core/map/document.ts";
import type { FieldValue } from "../../../core/values/field-value.ts";
import { verifyAuditChain } from "../../../storage/audit.ts";
import { narrate } from "../narrate.ts";
import { breaksRule, type FieldName } from "../shapes.ts";
import { AuditReplay, isBlank, isSame, show } from "./audit-replay.ts";
import { checkDoubt } from "./doubt.ts";
import { type AuditRow, auditReader, type HubView, readVersions, viewHub } from "./hub-view.ts";
import { positionOf, type Touch, type Truth } from "./truth.ts";

/** What must hold after every single step, whatever goes wrong meanwhile. */
export class Safety {
  readonly lines: AuditRow[] = [];
  view: HubView | null = null;
  /** What the last check found new, in words. */
  news: string[] = [];
  #positions = new Map<string, string>();
  /** The hub's next transaction when it was looked at last. */
  #looked = "";
  readonly #sql: Sql;
  readonly #truth: Truth;
  readonly #replay = new AuditReplay();
  readonly #readAudit: () => Promise<AuditRow[]>;
  #versions = new Map<number, MapDocument>();
  /** By record, then field: who decided it last; the first values of a record have no line each. */
  readonly #sources = new Map<string, Map<string, string>>();

  constructor(sql: Sql, truth: Truth) {
    this.#sql = sql;
    this.#truth = truth;
    this.#readAudit = auditReader(sql);
  }

  /** @returns sentences about what is wrong; none when all is well */
  async check(): Promise<string[]> {
    const [row] = await this.#sql<{ next: string }[]>`
      select pg_snapshot_xmax(pg_current_snapshot())::text as next`;
    const next = row?.next ?? "";
    this.news = [];
    // Nothing was written anywhere since the last look.
    if (next === this.#looked && !this.#truth.hasNews) return [];
    this.#looked = next;
    const touches = this.#truth.catchUp();
    const [news, view] = await Promise.all([this.#readAudit(), viewHub(this.#sql)]);
    const known = this.#versions;
    if (known.size === 0 || news.some(({ map_version }) => !known.has(map_version))) {
      this.#versions = await readVersions(this.#sql);
    }
    const wrong = [
      ...this.#checkPositions(view),
      ...touches.flatMap((touch) => this.#checkWrite(touch, view)),
      ...news.flatMap((line) => this.#replay.follow(line)),
      ...news.flatMap((line) => this.#checkOwner(line)),
      ...news.flatMap((line, at) => this.#checkSeen(line, news.slice(0, at))),
      ...checkDoubt(this.view, news),
      ...this.#replay.compare(view),
      ...checkPlaces(view),
    ];
    this.lines.push(...news);
    this.news = narrate(touches, news);
    this.view = view;
    return wrong;
  }

  /** The chain is read whole: for the end of a run. */
  async checkChain(): Promise<string[]> {
    return (await verifyAuditChain(this.#sql)).problems;
  }

  #checkPositions(view: HubView): string[] {
    const wrong: string[] = [];
    for (const { system, position } of view.captures) {
      const before = this.#positions.get(system) ?? "";
      if ((position ?? "") < before) {
        wrong.push(`the place in ${system} went back from ${before} to ${position}`);
      }
      this.#positions.set(system, position ?? "");
    }
    return wrong;
  }

  /** A write of ours was announced, and nothing that nobody had seen was lost by it. */
  #checkWrite(touch: Touch, view: HubView): string[] {
    if (!touch.isOurs) return [];
    const { system, id, transaction } = touch;
    const binding = `${system}-thing`;
    const wrong: string[] = [];
    const { before, after } = touch;
    const intent = view.attempts.find(
      (attempt) =>
        attempt.transaction === transaction &&
        attempt.binding === binding &&
        (before === null ? attempt.operation === "create" : attempt.external_id === touch.from),
    );
    if (intent === undefined) wrong.push(`row ${id} of ${system} was written without an intent`);
    if (before === null) return wrong;
    // What the hub has seen is what it has seen of the link that it wrote for: the row's id may
    // have been another link's before.
    const link = view.links.find((one) => one.id === intent?.link);
    const told = this.#positions.get(system) ?? "";
    const seen = (link?.position ?? "") > told ? (link?.position ?? "") : told;
    const mapped = this.#mappedColumns(system);
    const changed = Object.keys(before).filter(
      (name) => mapped.has(name) && (after === null || !isSame(before[name], after[name])),
    );
    // DESIGN.md §3.4 speaks of values, and so do conditions: a column that was changed and changed
    // back, or was made again alike, has a value that the hub has seen. Its events are told all the
    // same and decided one by one, so that nothing of it is lost. This holds for each column alone.
    const unknown = changed.filter((name) => !isSame(before[name], link?.columns[name]));
    const unseen = this.#truth.touches.find(
      (other) =>
        !other.isOurs &&
        other.system === system &&
        other.row === touch.row &&
        other.number < touch.number &&
        positionOf(other) > seen &&
        changed.some((name) => !isSame(other.before?.[name], other.after?.[name])) &&
        this.#stoodUntil(other, touch, unknown),
    );
    if (unseen !== undefined) {
      wrong.push(`a write to row ${id} of ${system} covered an edit that the hub had not seen`);
    }
    return wrong;
  }

  /** What the live map knows of a system's rows: of the rest nobody promises anything. */
  #mappedColumns(system: string): Set<string> {
    const live = [...this.#versions.values()].at(-1);
    const binding = live?.bindings.find((one) => one.system === system);
    return new Set(binding?.edges.flatMap(({ columns }) => columns));
  }

  /** Did the person's value of a written column stand until our write? */
  #stoodUntil(edit: Touch, write: Touch, columns: readonly string[]): boolean {
    return columns.some(
      (name) =>
        !isSame(edit.before?.[name], edit.after?.[name]) &&
        isSame(edit.after?.[name], write.before?.[name]),
    );
  }

  /** Whoever decided a field had the right to, under the map of that moment. */
  #checkOwner(line: AuditRow): string[] {
    const { kind, actor, field } = line;
    if (kind === "created") this.#sources.set(line.record, new Map());
    const sources = this.#sources.get(line.record) ?? new Map<string, string>();
    const source = sources.get(field ?? "");
    if (field !== null && ["accepted", "resolved", "set"].includes(kind)) sources.set(field, actor);
    this.#sources.set(line.record, sources);
    if (kind !== "accepted" || field === null) return [];
    const entity = this.#versions.get(line.map_version)?.entities[0];
    const rule = entity?.fields.find(({ id }) => id === field)?.ownership;
    const system = actor.replace("system:", "");
    if (rule === undefined) return [];
    const tier = rule.tiers.find(({ systems }) => systems.includes(system));
    const fills = isBlank(line.before) || source === actor || source === undefined;
    if (tier !== undefined && (tier.when !== "blank" || fills)) return [];
    return [`${actor} decided ${field}, which it does not own (${line.stream} ${line.number})`];
  }

  /** What an edit replaced without naming a loser, whoever made the edit had before their eyes. */
  #checkSeen(line: AuditRow, news: readonly AuditRow[]): string[] {
    const { kind, field, system, before, rule, cause, link } = line;
    if (kind !== "accepted" || field === null || system === null) return [];
    if (line.losers !== null || isBlank(before) || rule === "sum-of-deltas") return [];
    const touch = this.#truth.touches.find(
      (one) => one.system === system && positionOf(one) === cause["position"],
    );
    if (touch === undefined) return [];
    const isOfPlace = (one: AuditRow) => one.link === link && one.field === field;
    const last = news.findLast(isOfPlace) ?? this.lines.findLast(isOfPlace);
    // A person let the system's bad value be: it stood for the hub's from then on.
    if (last?.kind === "released") return [];
    const shape = this.#truth.shapeOf(system);
    const had = this.#had(touch, field as FieldName);
    const asStored = stored(shape, field, before) ?? null;
    if (had.some((value) => isSame(value, before) || isSame(value, asStored))) return [];
    return [
      `${system} replaced ${field} ${show(before)}, which it never saw (it had ${show(had.at(-1))}), ` +
        `and nobody was named as having lost (${line.stream} ${line.number})`,
    ];
  }

  /**
   * What the row had before an edit. A value that breaks a rule hides what stood there until then:
   * the hub may have missed the last of it.
   */
  #had(touch: Touch, field: FieldName): (string | null)[] {
    const shape = this.#truth.shapeOf(touch.system);
    const read = ({ before }: Touch) => (before === null ? null : shape.read(before)[field]);
    const last = read(touch);
    if (!breaksRule(field, last)) return [last ?? null];
    return this.#truth.touches
      .filter(({ system, row, number }) => {
        return system === touch.system && row === touch.row && number <= touch.number;
      })
      .map((one) => read(one) ?? null);
  }
}

/** What a system makes of a hub value that it is sent. */
export function stored(
  shape: ReturnType<Truth["shapeOf"]>,
  field: string,
  value: FieldValue,
): FieldValue | undefined {
  const written = shape.write({ [field]: value as string | null });
  return shape.read(shape.adjust(written))[field as FieldName];
}

/** A row is one record's, and a record has one place in an object. */
function checkPlaces(view: HubView): string[] {
  const wrong: string[] = [];
  const rows = new Set<string>();
  const places = new Set<string>();
  for (const { state, binding, external_id, record } of view.links) {
    if (state !== "live" && state !== "pending") continue;
    const place = `${record} ${binding}`;
    if (places.has(place)) wrong.push(`record ${record} has two places in ${binding}`);
    places.add(place);
    if (state !== "live") continue;
    const row = `${binding} ${external_id}`;
    if (rows.has(row)) wrong.push(`row ${row} is of two records`);
    rows.add(row);
  }
  return wrong;
}
