import { type MapDocument, valuesOf } from "../../../core/map/document.ts";
import type { FieldValue } from "../../../core/values/field-value.ts";
import { isBlank, isSame } from "./audit-replay.ts";
import type { AuditRow } from "./hub-view.ts";

type Ownership = NonNullable<MapDocument["entities"][number]["fields"][number]["ownership"]>;
type Rights = Pick<Ownership, "tiers" | "clear" | "once">;

/** What the line of an answer that is taken back says. */
const REOPENED = "The question is open again.";

/** Whether whoever decided a field had the right to, under the map of that moment. */
export class Owners {
  /** By record, then field: who decided it last; the first values of a record have no line each. */
  readonly #sources = new Map<string, Map<string, string>>();

  /**
   * Follows a line; a sentence when its actor had no right to it.
   * @param read the hub's value of a field of the record, as the line's event leaves it
   */
  check(
    line: AuditRow,
    document: MapDocument | undefined,
    read: (field: string) => FieldValue,
  ): string[] {
    const { kind, actor, field } = line;
    if (kind === "created") this.#sources.set(line.record, new Map());
    const sources = this.#sources.get(line.record) ?? new Map<string, string>();
    this.#sources.set(line.record, sources);
    if (kind === "created") return checkCreated(line, document, read);
    if (field === null) return [];
    const source = sources.get(field);
    if (kind === "resolved" && actor === "engine") follow(sources, line);
    else if (["accepted", "resolved", "set"].includes(kind)) sources.set(field, actor);
    // An answer was taken back: whose value came back the line does not say.
    if (line.cause["detail"] === REOPENED) sources.delete(field);
    const rule = ruleOf(document, field);
    if (kind !== "accepted" || rule === undefined) return [];
    const wrong = wrongWith(line, rightsOf(rule, read), source);
    return wrong === null ? [] : [`${actor} ${wrong} (${line.stream} ${line.number})`];
  }
}

/** All sides have come to one value: the hub's own stays whose it was. */
function follow(sources: Map<string, string>, { field, before, after }: AuditRow): void {
  if (field !== null && !isSame(before, after)) sources.delete(field);
}

function ruleOf(document: MapDocument | undefined, field: string): Ownership | undefined {
  const { fields = [], groups = [] } = document?.entities[0] ?? {};
  const group = groups.find((one) => one.fields.includes(field));
  return (group ?? fields.find(({ id }) => id === field))?.ownership;
}

/** The first values of a record are judged by those that come with them. A person may set any. */
function checkCreated(
  line: AuditRow,
  document: MapDocument | undefined,
  read: (field: string) => FieldValue,
): string[] {
  if (!line.actor.startsWith("system:")) return [];
  const first = Object.entries(line.after as Readonly<Record<string, FieldValue>>);
  return first.flatMap(([field, value]) => {
    const rule = ruleOf(document, field);
    if (rule === undefined || isBlank(value)) return [];
    const one = { ...line, field, before: null, after: value };
    const wrong = wrongWith(one, rightsOf(rule, read), undefined);
    return wrong === null ? [] : [`${line.actor} ${wrong} (${line.stream} ${line.number})`];
  });
}

/** What holds for the record: its fields are decided after those that their owners depend on. */
function rightsOf(rule: Ownership, read: (field: string) => FieldValue): Rights {
  const holds = ({ when }: NonNullable<Ownership["cases"]>[number]) =>
    when.every((condition) => {
      const { of, operator, values } = condition;
      const value = read(of);
      if (operator === "blank") return isBlank(value);
      if (operator === "not-blank") return !isBlank(value);
      if (valuesOf(operator) !== "many") throw new Error("The simulator draws no bounds.");
      return values.some((one) => one === value) === (operator === "is");
    });
  return rule.cases?.find(holds) ?? rule;
}

function wrongWith(
  { actor, field, before, after }: AuditRow,
  rule: Rights,
  source: string | undefined,
): string | null {
  const system = actor.replace("system:", "");
  const tier = rule.tiers.find(({ systems }) => systems.includes(system));
  const fills = isBlank(before) || source === actor || source === undefined;
  if (tier === undefined || (tier.when === "blank" && !fills)) {
    return `decided ${field}, which it does not own`;
  }
  if (isBlank(before)) return null;
  if (isBlank(after) && rule.clear?.includes(system) === false) {
    return `cleared ${field}, which it may not`;
  }
  const isSet = rule.once === true && isSetBy(rule, source);
  return isSet ? `changed ${field}, which ${source} had set once` : null;
}

/** Is the value an owner's or a person's own? What only fills a blank is not. */
function isSetBy(rule: Rights, source: string | undefined): boolean {
  if (source === undefined || source.startsWith("person:")) return source !== undefined;
  const system = source.replace("system:", "");
  return rule.tiers.some(({ systems, when }) => when === "always" && systems.includes(system));
}
