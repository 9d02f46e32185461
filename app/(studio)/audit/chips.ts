import { actorWords } from "../../../components/audit/actor-words.ts";
import type { AuditFilter, AuditPage } from "./audit-filter.ts";
import { kindsWords } from "./kind-groups.ts";

/** One part of the filter in words, with what takes it away. */
export type Chip = {
  readonly key: string;
  readonly words: string;
  readonly without: Partial<AuditFilter>;
};

type Names = Pick<AuditPage, "systems" | "entities">;

/** The filter as chips, in the order in which a sentence would say it. */
export function chipsOf(filter: AuditFilter, names: Names): Chip[] {
  return Object.entries(WORDS).flatMap(([key, words]) => {
    const said = words(filter, names);
    return said === null ? [] : [{ key, words: said, without: { [key]: null } }];
  });
}

type Words = (filter: AuditFilter, names: Names) => string | null;

/** What each part of the filter says; null where it filters nothing. */
const WORDS: Readonly<Record<Exclude<keyof AuditFilter, "line">, Words>> = {
  entity: ({ entity }, { entities }) =>
    entity && (entities.find(({ id }) => id === entity)?.name ?? entity),
  field: ({ entity, field }, { entities }) => {
    const known = entities.filter(({ id }) => entity === null || id === entity);
    const name = known.flatMap(({ fields }) => fields).find(({ id }) => id === field)?.name;
    return field && `field ${name ?? field}`;
  },
  record: ({ record }) => record && `record ${record}`,
  system: ({ system }, { systems }) =>
    system && `in ${systems.find(({ id }) => id === system)?.name ?? system}`,
  actor: ({ actor }, names) => actor && `by ${actorName(actor, names)}`,
  kind: ({ kind }) => kind && kindsWords(kind),
  // The end of an id tells runs of one day apart.
  run: ({ run }) => run && `run ${run.slice(-8)}`,
  from: ({ from }) => from && `from ${timeWords(from)}`,
  to: ({ to }) => to && `up to ${timeWords(to)}`,
};

function actorName(actor: string, { systems }: Names): string {
  return actor === "person" ? "people" : actorWords(actor, systems).name;
}

function timeWords(iso: string): string {
  return iso.slice(0, 16).replace("T", " ");
}
