/**
 * Conditions as maps wrote them before scopes, owners and rules had one way to say them. Versions
 * are never changed, so they are read for ever.
 */

type Raw = Readonly<Record<string, unknown>>;

const isObject = (raw: unknown): raw is Raw =>
  typeof raw === "object" && raw !== null && !Array.isArray(raw);

const OPERATORS: Readonly<Record<string, string>> = {
  "one-of": "is",
  "none-of": "is-not",
  "at-least": "at-least",
  "at-most": "at-most",
  blank: "blank",
  present: "not-blank",
};

/**
 * { field: "region", is: "one-of", values: ["EU"] } of an owner, { column: "region", … } of a scope
 * => { of: "region", operator: "is", values: ["EU"] }
 */
export function conditionNow(raw: unknown): unknown {
  if (!isObject(raw)) return raw;
  if ("column" in raw) {
    const { column, ...rest } = raw;
    return { of: column, ...rest };
  }
  if (!("field" in raw) || !("is" in raw)) return raw;
  const { field, is, value, ...rest } = raw;
  const operator = typeof is === "string" ? (OPERATORS[is] ?? is) : is;
  return { of: field, operator, ...(value === undefined ? {} : { values: [value] }), ...rest };
}

/** { kind: "compare-value", field, operator, value } => { kind: "condition", condition } */
export function entityRuleNow(raw: unknown): unknown {
  if (!isObject(raw) || raw["kind"] !== "compare-value") return raw;
  const { field, operator, value, kind: _, ...rest } = raw;
  return { kind: "condition", ...rest, condition: { of: field, operator, values: [value] } };
}
