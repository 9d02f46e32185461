import type { Sql } from "../../../../db/client.ts";
import type { MapDocument } from "../../../core/map/document.ts";
import type { FieldValue } from "../../../core/values/field-value.ts";
import { verifyAuditChain } from "../../../storage/audit.ts";
import { narrate } from "../narrate.ts";
import type { Invariant, Tally } from "../tally.ts";
import { AuditReplay, isSame } from "./audit-replay.ts";
import { checkDeleted, checkMassDeletes } from "./deletes.ts";
import { checkDoubt } from "./doubt.ts";
import type { AttemptRow, AuditRow, HubView, Version } from "./hub-view.ts";
import { Identity } from "./identity.ts";
import { Newest } from "./newest.ts";
import { Owners } from "./owners.ts";
import { checkSeen } from "./seen.ts";
import { Standing } from "./standing.ts";
import { Together } from "./together.ts";
import { positionOf, type Touch, type Truth } from "./truth.ts";
import { hubWatcher, type Look, readVersions } from "./view-hub.ts";

/** What must hold after every single step, whatever goes wrong meanwhile. */
export class Safety {
  readonly lines: AuditRow[] = [];
  view: HubView | null = null;
  /** What the last check found new, in words. */
  news: string[] = [];
  #positions = new Map<string, string>();
  readonly #sql: Sql;
  readonly #truth: Truth;
  readonly #tally: Tally;
  readonly #goneAt = new Map<string, string>();
  readonly #identity: Identity;
  readonly #standing: Standing;
  readonly #newest: Newest;
  readonly #together: Together;
  readonly #replay = new AuditReplay();
  readonly #look: (always: boolean) => Promise<Look | null>;
  /** All versions of the map by number, the live one last. */
  versions: ReadonlyMap<number, Version> = new Map();
  readonly #owners = new Owners();

  /** @param unsure systems that cannot tell what became of a call */
  constructor(sql: Sql, truth: Truth, tally: Tally, unsure: readonly string[] = []) {
    this.#tally = tally;
    this.#sql = sql;
    this.#truth = truth;
    this.#identity = new Identity(truth, unsure);
    this.#standing = new Standing(truth);
    this.#newest = new Newest(truth);
    this.#together = new Together(truth);
    this.#look = hubWatcher(sql);
  }

  /** @returns sentences about what is wrong; none when all is well */
  async check(): Promise<string[]> {
    const look = await this.#look(this.#truth.hasNews);
    this.news = [];
    if (look === null) return [];
    const { view, lines: news } = look;
    const touches = this.#truth.catchUp();
    const known = this.versions;
    if (!known.has(view.version)) {
      this.versions = await readVersions(this.#sql);
    }
    const wrong = [
      ...this.#checkTouches(touches, view),
      ...this.#each("read", this.#identity.newIntents(view), (intent) =>
        this.#identity.checkIntent(intent, this.view, view, this.#live),
      ),
      ...this.#checkLines(news, view),
      ...checkMassDeletes(news, this.view),
      ...checkDoubt(this.view, news),
      ...this.#replay.compare(view),
      ...checkPlaces(view),
    ];
    this.lines.push(...news);
    wrong.push(...this.#identity.checkParted(view, this.lines));
    wrong.push(...this.#checkTogether(view, news));
    this.#count(news, view);
    this.news = narrate(touches, news);
    this.view = view;
    return wrong;
  }

  #each<T>(invariant: Invariant, subjects: readonly T[], check: (one: T) => string[]): string[] {
    this.#tally.check(invariant, subjects.length);
    return subjects.flatMap(check);
  }

  #checkTogether(view: HubView, news: readonly AuditRow[]): string[] {
    if (this.#live?.entities[0]?.groups === undefined) return [];
    this.#tally.check("together", news.length);
    return this.#together.check(view, news);
  }

  /** How much there was to look at for those that look at everything at once. */
  #count(news: readonly AuditRow[], view: HubView): void {
    const live = view.links.filter(({ state }) => state === "live").length;
    this.#tally.check("mass", news.filter(({ kind }) => kind === "row-gone").length);
    this.#tally.check("doubt", view.attempts.filter(({ state }) => state === "unknown").length);
    this.#tally.check("replay", view.records.size);
    this.#tally.check("place", live);
    this.#tally.check("parted", view.links.filter(({ state }) => state === "unlinked").length);
  }

  #checkTouches(touches: readonly Touch[], view: HubView): string[] {
    const ours = touches.filter(({ isOurs }) => isOurs);
    const [made, written] = [
      ours.filter(({ before }) => before === null),
      ours.filter(({ before }) => before !== null),
    ];
    const isApart = ({ bases }: HubView["links"][number]) =>
      Object.values(bases).some(({ apart }) => apart === true);
    this.#tally.check("apart", view.links.filter(isApart).length);
    return [
      ...this.#each("position", view.captures, (capture) => this.#checkPosition(capture)),
      ...this.#each("announced", ours, (touch) => this.#checkIntent(touch, view)),
      ...this.#each("covered", written, (touch) => this.#checkWrite(touch, view)),
      ...this.#each("made", made, (touch) => this.#identity.checkMade(touch, view)),
      ...written.flatMap((touch) => this.#standing.checkApart(touch, this.view, view)),
      ...this.#each(
        "outlived",
        written.filter(({ after }) => after === null),
        (touch) => this.#standing.checkEnd(touch, view, this.#live),
      ),
    ];
  }

  /** What each line may say after the lines before it. */
  #checkLines(news: readonly AuditRow[], view: HubView): string[] {
    const of = (...kinds: string[]) => news.filter(({ kind }) => kinds.includes(kind)).length;
    this.#tally.check("live", news.length);
    this.#tally.check("matched", of("created"));
    this.#tally.check("deleted", of("deleted"));
    this.#tally.check("once", of("accepted", "stored", "adjusted", "row-gone"));
    this.#tally.check("owner", of("accepted"));
    this.#tally.check("seen", of("accepted"));
    const past = { truth: this.#truth, lines: this.lines, document: this.#live };
    return news.flatMap((line, at) => [
      ...this.#follow(line, view),
      ...this.#owners.check(line, this.versions.get(line.map_version)?.document, (field) =>
        valueAfter(line, field, news.slice(at + 1), this.#replay),
      ),
      ...checkSeen(line, { ...past, news: news.slice(0, at) }),
    ]);
  }

  #follow(line: AuditRow, view: HubView): string[] {
    const replay = this.#replay;
    if (line.kind === "row-gone" && line.link !== null) {
      this.#goneAt.set(line.link, line.cause["position"] ?? "");
    }
    const deleting = {
      truth: this.#truth,
      map: this.#live,
      replay,
      before: this.view,
      goneAt: this.#goneAt,
    };
    const old = line.map_version < (this.view?.version ?? 0);
    this.#standing.followEnd(line);
    return [
      ...(old ? [`${line.stream} ${line.number} was decided by a map that is no longer live`] : []),
      ...this.#identity.checkMatched(line, replay, view),
      ...this.#identity.checkOwn(line, view),
      ...checkDeleted(line, deleting),
      ...this.#standing.checkWord(line, this.#live, this.#tally),
      ...this.#standing.checkOnce(line),
      ...this.#newest.check(line, this.#live, this.#tally),
      ...replay.follow(line),
    ];
  }

  get #live(): MapDocument | undefined {
    return [...this.versions.values()].at(-1)?.document;
  }

  /** The chain is read whole: for the end of a run. */
  async checkChain(): Promise<string[]> {
    return (await verifyAuditChain(this.#sql)).problems;
  }

  #checkPosition({ system, position }: HubView["captures"][number]): string[] {
    const before = this.#positions.get(system) ?? "";
    this.#positions.set(system, position ?? "");
    if ((position ?? "") >= before) return [];
    return [`the place in ${system} went back from ${before} to ${position}`];
  }

  /** A write of ours was announced. */
  #checkIntent(touch: Touch, view: HubView): string[] {
    if (intentFor(touch, view) !== undefined) return [];
    return [`row ${touch.id} of ${touch.system} was written without an intent`];
  }

  /** Nothing that nobody had seen was lost by a write of ours. */
  #checkWrite(touch: Touch, view: HubView): string[] {
    const { system, id, before, after } = touch;
    const intent = intentFor(touch, view);
    const wrong: string[] = [];
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
    const binding = this.#live?.bindings.find((one) => one.system === system);
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
}

function intentFor(touch: Touch, view: HubView): AttemptRow | undefined {
  return view.attempts.find(
    (attempt) =>
      attempt.transaction === touch.transaction &&
      attempt.binding === `${touch.system}-thing` &&
      (touch.before === null ? attempt.operation === "create" : attempt.external_id === touch.from),
  );
}

/** The hub's value of a field once the line's event is over, be it told after the line. */
function valueAfter(
  { record, link, cause }: AuditRow,
  field: string,
  later: readonly AuditRow[],
  replay: AuditReplay,
): FieldValue {
  const same = later.findLast(
    (one) =>
      one.link === link &&
      one.field === field &&
      one.kind === "accepted" &&
      one.cause["position"] === cause["position"],
  );
  return same === undefined ? (replay.valueOf(record, field) ?? null) : (same.after as FieldValue);
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
