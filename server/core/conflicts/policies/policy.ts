import type { FieldRules } from "../../ownership/field-rules.ts";
import type { HubValue, RecordState } from "../../reconcile/state.ts";
import type { FieldValue } from "../../values/field-value.ts";

/** Two edits of one field that ownership rank cannot tell apart. */
export type Contest = {
  readonly rules: FieldRules;
  readonly hub: HubValue;
  /** The system's value that the edit started from; undefined without a base. */
  readonly base: FieldValue | undefined;
  readonly edit: HubValue;
  /** The hub's record as this event has left it so far. */
  readonly record: RecordState["values"];
  /** Milliseconds by which a stamp of this source may be wrong; null: its clock is unmeasured. */
  readonly errorMs: (by: HubValue["by"]) => number | null;
  /** A source's stamp on the hub's clock, in microseconds; null where it has none. */
  readonly corrected: (value: HubValue) => number | null;
};

export type Verdict =
  | { readonly kind: "edit" }
  | { readonly kind: "hub" }
  /** A value made of both. */
  | { readonly kind: "value"; readonly value: FieldValue }
  /** A person must decide. */
  | { readonly kind: "ask"; readonly reason: "policy-review" | "tie" | "collision" | "no-answer" };

/**
 * Must end the same in whatever order three edits of three systems come, where it does not ask: a
 * verdict may rest on the two values, their sources, stamps and base, never on which came first.
 */
export type PolicyDefinition = {
  readonly id: FieldRules["policy"];
  readonly title: string;
  /** Continues "When two systems changed it: …" on the screens. */
  readonly sentence: string;
  /** Types of fields it can decide; undefined: all. */
  readonly types?: readonly FieldRules["type"][];
  /**
   * It counts what an edit changed, not what it came to: while nobody knows whether our own write
   * went between, nothing can be told of that.
   */
  readonly readsChange?: true;
  /** It looks at the places of the owner list: without one every contest is a tie. */
  readonly needsList?: true;
  decide(contest: Contest): Verdict;
};
