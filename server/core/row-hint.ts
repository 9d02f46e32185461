/** A row of a system that may have changed: it is read by its id. */
export type RowHint = { readonly object: string; readonly externalId: string };
