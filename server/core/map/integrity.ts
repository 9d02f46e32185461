import { LIMITS } from "../limits.ts";
import { type Binding, type Entity, fieldsOfRule, type MapDocument } from "./document.ts";
import { groupBreaks } from "./group-breaks.ts";
import { placeOf, ruledOf } from "./groups.ts";
import { conditionFieldsOf, ownersOf } from "./owners.ts";
import { bindingWords, type Place, placeWords } from "./place.ts";
import { referredEntity } from "./references.ts";
import { dimensionBreaks, splitBreaks } from "./split-breaks.ts";
import { splitHint } from "./splits.ts";

export type BreakCode = "duplicate" | "dangling" | "too-many" | "grouped" | "split";

/** Something that the map names and does not have, has twice, or has too many of. */
export type Break = { readonly code: BreakCode; readonly place: Place; readonly message: string };

/**
 * Every break of a document's own references. Edits keep a whole document whole; a file or an
 * older version may come with breaks, and the check reports them.
 */
export function* findBreaks(document: MapDocument): Generator<Break> {
  for (const id of repeated(document.systems)) {
    yield twice(document, { system: id }, `system with the id ${id}`);
  }
  for (const id of repeated(document.entities)) {
    yield twice(document, { entity: id }, `entity with the id ${id}`);
  }
  for (const id of repeated(document.bindings)) {
    yield twice(document, { binding: id }, `binding with the id ${id}`);
  }
  yield* dimensionBreaks(document);
  for (const entity of document.entities) yield* entityBreaks(document, entity);
  const fields = new Map(
    document.entities.map((entity) => [
      entity.id,
      { entity, ids: new Set(entity.fields.map((one) => one.id)) },
    ]),
  );
  for (const binding of document.bindings) {
    yield* bindingBreaks(document, binding, fields.get(binding.entity));
  }
  yield* edgeLimit(document);
}

function* entityBreaks(document: MapDocument, entity: Entity): Generator<Break> {
  const place = { entity: entity.id };
  const ids = new Set(entity.fields.map((field) => field.id));
  // First, for what names a field that it should have has it as a cause.
  yield* splitBreaks(document, entity);
  for (const id of repeated(entity.fields)) {
    yield twice(document, { ...place, field: id }, `field with the id ${id}`);
  }
  if (entity.fields.length > LIMITS.recordFieldsMax) {
    const most = `has ${entity.fields.length} fields. At most ${LIMITS.recordFieldsMax} fit.`;
    yield { code: "too-many", place, message: `${entity.name} ${most}` };
  }
  if (!ids.has(entity.title)) {
    const message = `${entity.name} takes the field ${entity.title} as its title and has no such \
field.${splitHint(document, entity, entity.title) || " Choose another title first."}`;
    yield { code: "dangling", place, message };
  }
  for (const field of entity.matchKeys.flat()) {
    if (ids.has(field)) continue;
    const message = `${entity.name} matches by the field ${field} and has no such field.\
${splitHint(document, entity, field) || " Take it out of the match keys first."}`;
    yield { code: "dangling", place, message };
  }
  yield* referenceBreaks(document, entity);
  yield* ruleBreaks(entity, ids);
  yield* groupBreaks(document, entity);
  yield* ownershipBreaks(document, entity);
}

function* referenceBreaks(document: MapDocument, entity: Entity): Generator<Break> {
  for (const field of entity.fields) {
    const to = referredEntity(field);
    if (to === null || document.entities.some(({ id }) => id === to)) continue;
    const place = { entity: entity.id, field: field.id };
    const message = `${placeWords(document, place)} refers to the entity ${to}, which the map does \
not have. Choose another entity for it, or remove the field first.`;
    yield { code: "dangling", place, message };
  }
}

function* ruleBreaks(entity: Entity, ids: ReadonlySet<string>): Generator<Break> {
  const place = { entity: entity.id };
  const rules = entity.rules ?? [];
  for (const id of repeated(rules)) {
    const message = `${entity.name} has more than one rule with the id ${id}. Choose another id.`;
    yield { code: "duplicate", place, message };
  }
  for (const rule of rules) {
    for (const field of fieldsOfRule(rule)) {
      if (ids.has(field)) continue;
      const message = `${entity.name}: the rule ${rule.id} names the field ${field}, which it does \
not have. Choose another field, or remove the rule.`;
      yield { code: "dangling", place, message };
    }
  }
}

function* ownershipBreaks(document: MapDocument, entity: Entity): Generator<Break> {
  const systems = new Set(document.systems.map((system) => system.id));
  for (const field of ruledOf(entity)) {
    const place = placeOf(entity, field);
    for (const id of conditionFieldsOf(field.ownership)) {
      if (entity.fields.some((one) => one.id === id)) continue;
      const message = `Who owns ${placeWords(document, place)} depends on the field ${id}, which \
its entity does not have. Choose another field, or remove the case.`;
      yield { code: "dangling", place, message };
    }
    for (const system of ownersOf(field.ownership)) {
      if (systems.has(system)) continue;
      const message = `${placeWords(document, place)} is owned by the system ${system}, which the \
map does not have. Add the system, or choose another owner.`;
      yield { code: "dangling", place, message };
    }
  }
}

function* bindingBreaks(
  document: MapDocument,
  binding: Binding,
  of: { readonly entity: Entity; readonly ids: ReadonlySet<string> } | undefined,
): Generator<Break> {
  const place = { binding: binding.id };
  const words = bindingWords(document, binding.id);
  if (!document.systems.some((system) => system.id === binding.system)) {
    const message = `${words} belongs to the system ${binding.system}, which the map does not \
have. Add the system, or remove the binding.`;
    yield { code: "dangling", place, message };
  }
  if (of === undefined) {
    const message = `${words} is bound to the entity ${binding.entity}, which the map does not \
have. Add the entity, or remove the binding.`;
    yield { code: "dangling", place, message };
  }
  for (const id of repeated(binding.edges)) {
    yield twice(document, { ...place, edge: id }, `edge with the id ${id}`);
  }
  const wayOut = " Choose another field, or remove the edge.";
  for (const edge of binding.edges) {
    for (const field of edge.fields) {
      if (of === undefined || of.ids.has(field)) continue;
      const message = `${words}: the edge ${edge.id} leads to the field ${field}, which its entity \
does not have.${splitHint(document, of.entity, field) || wayOut}`;
      yield { code: "dangling", place: { ...place, edge: edge.id, field }, message };
    }
  }
}

function* edgeLimit(document: MapDocument): Generator<Break> {
  const count = document.bindings.reduce((sum, binding) => sum + binding.edges.length, 0);
  if (count <= LIMITS.mapEdgesMax) return;
  const message = `The map has ${count} edges. At most ${LIMITS.mapEdgesMax} fit.`;
  yield { code: "too-many", place: {}, message };
}

function twice(document: MapDocument, place: Place, what: string): Break {
  const owner = place.field === undefined && place.edge === undefined ? {} : ownerOf(place);
  const where = placeWords(document, owner);
  const message = `${where} has more than one ${what}. Choose another id.`;
  return { code: "duplicate", place, message };
}

function ownerOf(place: Place): Place {
  if (place.binding !== undefined) return { binding: place.binding };
  return place.entity === undefined ? {} : { entity: place.entity };
}

function repeated(items: readonly { readonly id: string }[]): string[] {
  const seen = new Set<string>();
  const again = new Set<string>();
  for (const { id } of items) {
    if (seen.has(id)) again.add(id);
    seen.add(id);
  }
  return [...again];
}
