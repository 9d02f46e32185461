import type { Field } from "../../../server/core/map/document.ts";
import { groupOf } from "../../../server/core/map/groups.ts";
import { isTuple, partsOf } from "../../../server/core/values/field-value.ts";
import type { Question, QuestionPage } from "./conflict-filter.ts";

/** What a question is about: a field, or fields that are decided together. */
export type Asked = {
  readonly name: string;
  /** The field, by which the record's page is opened; of a group its first one. */
  readonly id: string;
  /** One field, or the parts of a group in its order. */
  readonly fields: readonly Field[];
  readonly isGroup: boolean;
};

/** Null where it is about a record, or the map has dropped the field since. */
export function askedOf(
  { entity, field, candidates, base }: Pick<Question, "entity" | "field" | "candidates" | "base">,
  { entities }: Pick<QuestionPage, "entities">,
): Asked | null {
  const known = entities.find(({ id }) => id === entity);
  const lead = known?.fields.find(({ id }) => id === field);
  if (known === undefined || lead === undefined) return null;
  const values = [...candidates.map(({ value }) => value), base.value ?? null];
  if (!values.some(isTuple))
    return { name: lead.name, id: lead.id, fields: [lead], isGroup: false };
  const told = new Set(values.flatMap((value) => Object.keys(partsOf(value, lead.id))));
  const group = groupOf(known, lead.id);
  const order = [...(group?.fields ?? []), ...told];
  const parts = [...new Set(order)].flatMap(
    (id) => known.fields.find((one) => one.id === id) ?? [],
  );
  const fields = parts.filter(({ id }) => told.has(id));
  return { name: group?.name ?? lead.name, id: lead.id, fields, isGroup: true };
}
