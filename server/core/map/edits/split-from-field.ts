import { type Dimension, defaultMember } from "../dimension.ts";
import { type Entity, type Field, SplitId } from "../document.ts";
import { memberFieldId, splitById } from "../splits.ts";
import type { SplitChange } from "./splits.ts";

/**
 * What a plain field becomes that is to have a value per member: the default member's, unless its
 * id says whose it is. Fields whose ids say that they are the others' are taken along.
 *
 * name, name-de => Name, with name for English and name-de for German
 */
export function splitFromField(
  entity: Entity,
  field: Field,
  dimension: Dimension,
): SplitChange | null {
  const { split: _, id, name, ...said } = field;
  const own = dimension.members.find((member) => id.endsWith(`-${member.id}`));
  const of = own === undefined ? id : id.slice(0, -own.id.length - 1);
  const split = splitId(entity, own === undefined ? id : of, id);
  const member = own ?? defaultMember(dimension);
  if (split === null || member === undefined) return null;
  const others = dimension.members.flatMap((one): [string, string][] => {
    const other = entity.fields.find((each) => each.id === memberFieldId(of, one.id));
    const fits = other?.split === undefined && other?.type === field.type;
    return other === undefined || !fits || one === member ? [] : [[one.id, other.id]];
  });
  return {
    split,
    to: { ...said, name: nameOfAll(name, own), per: dimension.id },
    adopted: { ...Object.fromEntries(others), [member.id]: id },
  };
}

/** The id of a split: what the field was called, where nothing else is called so. */
function splitId(entity: Entity, wanted: string, field: string): string | null {
  const isTaken = (id: string) =>
    splitById(entity, id) !== undefined ||
    entity.fields.some((one) => one.id === id && one.id !== field);
  const ids = [wanted, ...[2, 3, 4].map((number) => `${wanted}-${number}`)];
  return ids.find((id) => SplitId.safeParse(id).success && !isTaken(id)) ?? null;
}

/** "Name (German)" => "Name", where the field was German's. */
function nameOfAll(name: string, own: Dimension["members"][number] | undefined): string {
  const short = name.slice(0, 72);
  if (own === undefined) return short;
  const plain = name.toLowerCase().replace(/[^\p{L}\p{N}]+$/u, "");
  const said = [own.name, own.id].find((one) => plain.endsWith(one.toLowerCase()));
  if (said === undefined) return short;
  const rest = name.slice(0, plain.length - said.length).replace(/[^\p{L}\p{N}]+$/u, "");
  return rest === "" ? short : rest.slice(0, 72);
}
