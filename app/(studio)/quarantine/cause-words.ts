import { REFERENCE_MISSING, REFERENCE_SHARED } from "../../../server/core/mapping/refer.ts";
import { ROW_THERE } from "../../../server/core/run/row-there.ts";
import type { GroupPage, HeldGroup } from "./held-filter.ts";

type Names = Pick<GroupPage, "systems" | "entities">;
type Cause = Pick<HeldGroup, "kind" | "entity" | "system" | "field" | "code">;

/**
 * What is wrong, in a few words.
 *
 * => "Price from ERP is out of range", "Name does not fit into Shop: too long"
 */
export function causeTitle(cause: Cause, names: Names): string {
  const system = systemName(cause.system, names);
  const field = fieldName(cause, names);
  if (cause.code === REFERENCE_MISSING && cause.kind === "row") return `Rows of ${system} wait`;
  const code = CODES[cause.code] ?? "is refused";
  switch (cause.kind) {
    case "value":
      return `${field} from ${system} ${code}`;
    case "delivery":
      return `${field} for ${system} ${code}`;
    case "row":
      return `Rows of ${system} ${code}`;
  }
}

/** What it does meanwhile, and what would mend it. */
export function causeHint(cause: Cause, names: Names): string {
  const system = systemName(cause.system, names);
  const field = fieldName(cause, names);
  if (cause.code === ROW_THERE) {
    return `${system} has a row with the same match key. Say which record that one is; then this goes on by itself.`;
  }
  if (cause.code === REFERENCE_MISSING) {
    return "It goes on by itself as soon as what it refers to is there. Nothing else waits for it.";
  }
  if (cause.code === REFERENCE_SHARED) {
    return `Several rows of ${system} have the name by which it refers. It goes on by itself as soon as one alone has it.`;
  }
  switch (cause.kind) {
    case "value":
      return (
        `The hub keeps its own value of ${field}, and sends it nowhere until this is settled. ` +
        `Correct the value here or in ${system}, or change the rule in the map.`
      );
    case "delivery":
      return (
        `The hub and the other systems have the value; only ${system} goes without. ` +
        "Give it a value that fits, or try again when the system has changed."
      );
    case "row":
      return (
        "Such a row is no record’s yet, and nothing of it is taken over. Say which record it is, " +
        "or change what makes it look like several."
      );
  }
}

function systemName(id: string, { systems }: Names): string {
  return systems.find((system) => system.id === id)?.name ?? id;
}

function fieldName({ entity, field }: Cause, { entities }: Names): string {
  const known = entities.find(({ id }) => id === entity);
  return known?.fields.find(({ id }) => id === field)?.name ?? field ?? known?.name ?? entity;
}

/** Codes of types, rules, targets and matching, as the end of a sentence. */
const CODES: Readonly<Record<string, string>> = {
  type: "is not of the field’s type",
  enum: "is none of the field’s members",
  required: "is missing",
  range: "is out of range",
  length: "is too long or too short",
  pattern: "does not have the right form",
  precision: "is too precise",
  "one-of": "is not an allowed value",
  unique: "is taken by another row",
  check: "breaks a rule of the system",
  reference: "points to a row that is not there",
  [REFERENCE_MISSING]: "waits for what it refers to",
  [REFERENCE_SHARED]: "may mean several rows",
  permission: "may not be written",
  "read-only": "is computed by the system itself",
  "unknown-column": "has no column there any more",
  waiting: "waits for another field of its column",
  [ROW_THERE]: "waits for a row that may be the same",
  "id-reused": "may be others under old ids",
  "ambiguous-match": "match more than one record",
  "not-storable": "cannot be kept by the hub",
  absent: "is not wholly known",
};
