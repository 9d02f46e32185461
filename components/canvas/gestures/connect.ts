import { fitOf } from "../../../server/core/map/checks/fits.ts";
import type { Binding, Edge, Entity, MapDocument } from "../../../server/core/map/document.ts";
import type { Edit } from "../../../server/core/map/edits/edit.ts";
import { list } from "../../../server/core/map/field-words.ts";
import { freeId } from "./free-id.ts";
import { proposedNames, type SchemaOf } from "./refers-by.ts";

/** A column and a field that a person wants to join. */
export type Joint = { readonly binding: string; readonly column: string; readonly field: string };

/** One way to do it. */
export type ConnectWay = {
  /** A verb first: "Replace first_name". */
  readonly label: string;
  readonly edit: Edit;
  /** The edge to look at afterwards. */
  readonly edge: string;
};

export type ConnectPlan =
  | { readonly kind: "free"; readonly way: ConnectWay }
  /** They are joined already. */
  | { readonly kind: "exists"; readonly edge: string }
  /** Something is joined there already: nothing that a person drew is replaced unasked. */
  | { readonly kind: "taken"; readonly message: string; readonly ways: readonly ConnectWay[] }
  | { readonly kind: "impossible"; readonly message: string };

type Context = {
  readonly binding: Binding;
  readonly entity: Entity;
  readonly joint: Joint;
  readonly isReadOnly: boolean;
  readonly fieldName: string;
  /** The columns by which a reference names its row, where they are not its key. */
  readonly refersBy: string[] | undefined;
  /** The edge that already leads to the field, and the one that already uses the column. */
  readonly toField: Edge | undefined;
  readonly ofColumn: Edge | undefined;
};

/** What joining a column and a field would do. The person chooses where there is a choice. */
export function planConnection(
  document: MapDocument,
  schemaOf: SchemaOf,
  joint: Joint,
): ConnectPlan {
  const binding = document.bindings.find(({ id }) => id === joint.binding);
  const entity = document.entities.find(({ id }) => id === binding?.entity);
  const field = entity?.fields.find(({ id }) => id === joint.field);
  if (binding === undefined || entity === undefined || field === undefined) {
    return { kind: "impossible", message: "This is not in the draft any more." };
  }
  const { column } = joint;
  const same = binding.edges.find(
    ({ columns, fields }) => columns.includes(column) && fields.includes(field.id),
  );
  if (same !== undefined) return { kind: "exists", edge: same.id };
  const found = schemaOf(binding)?.columns.find(({ name }) => name === column);
  const drawn = { columns: [column], fields: [field.id] };
  const context: Context = {
    ...{ binding, entity, joint, fieldName: field.name },
    refersBy: proposedNames({ document, binding, edge: drawn, schemaOf }),
    isReadOnly: found?.readOnly === true,
    toField: binding.edges.find(({ fields }) => fields.includes(field.id)),
    ofColumn: binding.edges.find(({ columns }) => columns.includes(column)),
  };
  if (context.toField === undefined && context.ofColumn === undefined) {
    return { kind: "free", way: freshWay(context, fits(found?.type ?? null, field.type)) };
  }
  return { kind: "taken", message: takenMessage(context), ways: waysAround(context) };
}

function fits(column: Parameters<typeof fitOf>[0] | null, field: Parameters<typeof fitOf>[1]) {
  return column === null || fitOf(column, field) !== "never";
}

function freshWay(context: Context, isPlain: boolean): ConnectWay {
  const { joint, fieldName } = context;
  const label = isPlain
    ? `Map ${joint.column} to ${fieldName}`
    : `Map ${joint.column}, with a step`;
  return wayOf(context, label, [], context.isReadOnly ? "in" : "both");
}

function takenMessage({ toField, ofColumn, joint, fieldName, entity }: Context): string {
  const parts: string[] = [];
  if (toField !== undefined) {
    parts.push(`${fieldName} is joined with ${list(toField.columns)} already.`);
  }
  if (ofColumn !== undefined) {
    const names = ofColumn.fields.map(
      (id) => entity.fields.find((one) => one.id === id)?.name ?? id,
    );
    parts.push(`${joint.column} is joined with ${list(names)} already.`);
  }
  return parts.join(" ");
}

function waysAround(context: Context): ConnectWay[] {
  const { toField, ofColumn, joint, isReadOnly, fieldName } = context;
  const replaced = [...new Set([toField, ofColumn].filter((edge) => edge !== undefined))];
  const ways: ConnectWay[] = [
    wayOf(context, "Replace", replaced, isReadOnly ? "in" : "both"),
    ...joinWay(context),
    ...splitWay(context),
  ];
  // One column may be written once and one field told once; the other way is still free.
  if (toField !== undefined && ofColumn === undefined && !isReadOnly) {
    ways.push(wayOf(context, `Only write ${fieldName} there too`, [], "out"));
  }
  if (toField === undefined && ofColumn !== undefined) {
    ways.push(wayOf(context, `Only read ${joint.column} there too`, [], "in"));
  }
  return ways;
}

function wayOf(
  { binding, joint, refersBy }: Context,
  label: string,
  instead: readonly Edge[],
  direction: Edge["direction"],
): ConnectWay {
  const gone = new Set(instead.map(({ id }) => id));
  const taken = binding.edges.filter(({ id }) => !gone.has(id)).map(({ id }) => id);
  const id = freeId(joint.field, taken);
  const named = refersBy === undefined ? {} : { refersBy };
  const ends = { columns: [joint.column], fields: [joint.field] };
  const edge: Edge = { id, ...ends, direction, steps: [], ...named };
  const connect: Edit = { type: "connect", binding: binding.id, edge };
  if (instead.length === 0) return { label, edit: connect, edge: id };
  const disconnects = instead.map(
    (one): Edit => ({ type: "disconnect", binding: binding.id, edge: one.id }),
  );
  const words = `Map ${joint.column} to ${joint.field} instead`;
  const edit: Edit = { type: "batch", label: words, edits: [...disconnects, connect] };
  return { label, edit, edge: id };
}

/** Two columns that make one field. */
function joinWay({ toField, ofColumn, binding, joint }: Context): ConnectWay[] {
  if (toField === undefined || ofColumn !== undefined) return [];
  if (toField.fields.length !== 1 || toField.steps.length > 0) return [];
  const columns = [...toField.columns, joint.column];
  const step = { transform: "concatenate", settings: { parts: columns.length, splits: true } };
  const changes = { columns, steps: [step] };
  const edit: Edit = { type: "change-edge", binding: binding.id, edge: toField.id, changes };
  return [{ label: `Join ${list(columns)}`, edit, edge: toField.id }];
}

/** One column that makes two fields. */
function splitWay({ toField, ofColumn, binding, joint, entity }: Context): ConnectWay[] {
  if (ofColumn === undefined || toField !== undefined) return [];
  if (ofColumn.columns.length !== 1 || ofColumn.steps.length > 0) return [];
  const fields = [...ofColumn.fields, joint.field];
  const settings = { parts: fields.length, separator: " " };
  const changes = { fields, steps: [{ transform: "split-text", settings }] };
  const edit: Edit = { type: "change-edge", binding: binding.id, edge: ofColumn.id, changes };
  const names = fields.map((id) => entity.fields.find((one) => one.id === id)?.name ?? id);
  return [{ label: `Split into ${list(names)}`, edit, edge: ofColumn.id }];
}
