import { z } from "zod";
import type { Dimension } from "../dimension.ts";
import {
  Field,
  type MapDocument,
  OwnershipRule,
  Policy,
  Split,
  ValidationRule,
} from "../document.ts";
import { Slug } from "../slug.ts";
import {
  dimensionById,
  fieldsOfSplit,
  memberField,
  memberFieldId,
  ownAspects,
  splitById,
} from "../splits.ts";

/**
 * Fields as the file says them: one that has a value per member of a dimension stands there once,
 * with what single members have of their own, and its fields are made of that.
 */

/** What one member's field has instead; null: no owner of its own, so that all may decide. */
const MemberInFile = z.strictObject({
  id: Slug.optional(),
  ownership: OwnershipRule.nullable().optional(),
  policy: Policy.optional(),
  validation: z.array(ValidationRule).optional(),
});
type MemberInFile = z.infer<typeof MemberInFile>;

const { split: _, ...plain } = Field.shape;

export const FieldInFile = z
  .strictObject({
    ...plain,
    per: Split.shape.per.optional(),
    members: z.record(Slug, MemberInFile.nullable()).optional(),
  })
  .superRefine(({ id, name, per, members }, context) => {
    if (per === undefined && members !== undefined) {
      const message =
        'There are members and no "per". Say along which dimension the field has a value each.';
      context.addIssue({ code: "custom", path: ["members"], message });
    }
    if (per === undefined) return;
    const of = { of: id, member: "x" };
    for (const issue of Field.shape.split.safeParse(of).error?.issues ?? []) {
      context.addIssue({ code: "custom", path: ["id"], message: issue.message });
    }
    if (Split.shape.name.safeParse(name).success) return;
    const message = "Use at most 72 characters: the name of the member comes behind it.";
    context.addIssue({ code: "custom", path: ["name"], message });
  });
export type FieldInFile = z.infer<typeof FieldInFile>;

/** The fields that an entry of the file stands for, and its split, if it is one. */
export function fromEntry(
  dimensions: readonly Dimension[],
  entry: FieldInFile,
): { fields: Field[]; split: Split | null } {
  const { id, per, members: named = {}, ...content } = entry;
  if (per === undefined) return { fields: [{ id, ...content }], split: null };
  const split: Split = { ...content, per };
  const listed = dimensions.find((one) => one.id === per)?.members ?? [];
  const rest = listed.filter((member) => !Object.hasOwn(named, member.id));
  // Where all are named, their order in the file is that of the fields.
  const order =
    rest.length === 0
      ? Object.keys(named).map((key) => listed.find((one) => one.id === key) ?? unknown(key))
      : [...listed, ...Object.keys(named).filter(isUnlisted(listed)).map(unknown)];
  const fields = order.map((member) =>
    withOwn(memberField(id, split, member), named[member.id] ?? {}),
  );
  return { fields, split };
}

const unknown = (id: string) => ({ id, name: id });
const isUnlisted = (listed: readonly { id: string }[]) => (id: string) =>
  !listed.some((one) => one.id === id);

function withOwn({ ownership, ...field }: Field, own: MemberInFile): Field {
  const owner = own.ownership === undefined ? ownership : (own.ownership ?? undefined);
  return {
    ...field,
    ...(own.id !== undefined && { id: own.id }),
    ...(owner !== undefined && { ownership: owner }),
    ...(own.policy !== undefined && { policy: own.policy }),
    ...(own.validation !== undefined && { validation: own.validation }),
  };
}

/** An entry of an entity's fields: a field, or a split with all of its fields. */
export type Entry =
  | { readonly id: string; readonly field: Field }
  | { readonly id: string; readonly split: Split; readonly fields: readonly Field[] };

/** The fields of an entity as entries of the file, in their order. */
export function entriesOf(entity: MapDocument["entities"][number]): Entry[] {
  return entity.fields.flatMap((field): Entry[] => {
    const id = field.split?.of;
    const split = id === undefined ? undefined : splitById(entity, id);
    if (id === undefined || split === undefined) return [{ id: field.id, field }];
    const fields = fieldsOfSplit(entity, id);
    return fields[0] === field ? [{ id, split, fields }] : [];
  });
}

/** What the file says of single members: what they have of their own, or all in their order. */
export function membersInFile(
  document: MapDocument,
  { id, split, fields }: Extract<Entry, { split: Split }>,
): Map<string, { field: Field; own: ReturnType<typeof ownAspects>; id: string | null }> | null {
  const listed = dimensionById(document, split.per)?.members ?? [];
  const said = fields.map((field) => {
    const member = field.split?.member ?? "";
    const isUsual = field.id === memberFieldId(id, member);
    return { member, field, own: ownAspects(split, field), id: isUsual ? null : field.id };
  });
  const isInOrder = listed.every((one, at) => one.id === said[at]?.member);
  const own = said.filter((one) => !isInOrder || one.own.length > 0 || one.id !== null);
  if (own.length === 0) return null;
  return new Map(own.map(({ member, ...rest }) => [member, rest]));
}
