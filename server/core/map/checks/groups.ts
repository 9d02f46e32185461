import { POLICY_WORDS } from "../../conflicts/policy-words.ts";
import type { Binding, Entity, FieldGroup, MapDocument } from "../document.ts";
import { list } from "../field-words.ts";
import { GROUP_POLICIES, isGroupPolicy } from "../groups.ts";
import { bindingWords, fieldName } from "../place.ts";
import type { MapProblem } from "./problem.ts";

/** What can be wrong with fields that are decided together. */
export function* checkGroups(
  document: MapDocument,
  entity: Entity,
  bindings: readonly Binding[],
): Generator<MapProblem> {
  for (const group of entity.groups ?? []) {
    const place = { entity: entity.id, group: group.id };
    const where = `${entity.name} › ${group.name}`;
    if (!isGroupPolicy(group.policy.kind)) {
      const message = `${where}: the policy "${POLICY_WORDS[group.policy.kind].title}" makes a \
value of one field, and this is ${list(namesOf(document, entity, group))} together. Choose \
${list(GROUP_POLICIES.map((kind) => `"${POLICY_WORDS[kind].title}"`)).replace(" and ", " or ")}.`;
      yield { severity: "error", code: "group-policy", place, message };
    }
    for (const binding of bindings) yield* checkParts(document, entity, group, binding);
  }
}

/** A binding that tells some of a group: what it changes beside others' changes is asked. */
function* checkParts(
  document: MapDocument,
  entity: Entity,
  group: FieldGroup,
  binding: Binding,
): Generator<MapProblem> {
  const told = binding.edges
    .filter(({ direction }) => direction !== "out")
    .flatMap(({ fields }) => fields);
  const missing = group.fields.filter((field) => !told.includes(field));
  if (missing.length === 0 || missing.length === group.fields.length) return;
  const names = missing.map((field) => fieldName(document, entity.id, field));
  const message = `${entity.name} › ${group.name}: ${bindingWords(document, binding.id)} does not \
tell ${list(names)}. Where its edit meets another one it is asked, for nobody knows what belongs \
to it. Map the rest, or read none of it.`;
  const place = { entity: entity.id, group: group.id, binding: binding.id };
  yield { severity: "warning", code: "part-of-group", place, message };
}

const namesOf = (document: MapDocument, entity: Entity, { fields }: FieldGroup): string[] =>
  fields.map((field) => fieldName(document, entity.id, field));
