/** What can go wrong outside our code, named by what we should do about it. */
export type Failure =
  | { readonly kind: "unreachable"; readonly detail: string }
  | { readonly kind: "throttled"; readonly detail: string; readonly retryAfterMs: number }
  | { readonly kind: "unauthorized"; readonly detail: string }
  | { readonly kind: "rejected"; readonly detail: string }
  /**
   * The source cannot tell what happened since we read it last: everything has to be compared.
   * `because`: it keeps that part of its log no more, or it has told us more than the hub knows.
   */
  | { readonly kind: "place-lost"; readonly because: "log" | "hub"; readonly detail: string };

/** A failure as an exception: what a connector throws when a whole call fails. */
export class FailureError extends Error {
  override readonly name = "FailureError";
  readonly failure: Failure;
  constructor(failure: Failure, options?: { cause?: unknown }) {
    super(failure.detail, options);
    this.failure = failure;
  }
}
