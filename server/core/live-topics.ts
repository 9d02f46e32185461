/** What a commit can be news of. The screens say which of these they show. */
export const LIVE_TOPICS = [
  "records",
  "conflicts",
  "quarantine",
  "audit",
  "runs",
  "maps",
  "systems",
  "deliveries",
  "inbox",
] as const;
export type LiveTopic = (typeof LIVE_TOPICS)[number];
