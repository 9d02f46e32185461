import type { LiveTopic } from "../../server/core/live-topics.ts";

/** What the stream says: some topics have news, or anything may have changed meanwhile. */
export type Telling =
  | { readonly kind: "topics"; readonly topics: readonly LiveTopic[] }
  | { readonly kind: "everything" };
