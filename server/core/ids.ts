declare const brand: unique symbol;
type Id<Name extends string> = string & { readonly [brand]: Name };

/** A hub record: uuid v7, made by the engine. */
export type RecordId = Id<"record">;
/** A crosswalk row: this record is that external id in that binding's object. */
export type LinkId = Id<"link">;
export type ConflictId = Id<"conflict">;
export type AttemptId = Id<"attempt">;
export type QuarantineId = Id<"quarantine">;
export type RunId = Id<"run">;
/** Slugs that people choose: lower-case letters, digits and hyphens. Stable for ever. */
export type SystemId = Id<"system">;
export type EntityId = Id<"entity">;
export type BindingId = Id<"binding">;

/** Marks a checked text as an id of kind `T`. The caller vouches for it. */
export function asId<T extends Id<string>>(text: string): T {
  return text as T;
}
