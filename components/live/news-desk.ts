import type { LiveTopic } from "../../server/core/live-topics.ts";
import type { Telling } from "./telling.ts";

type Reader = { topics: readonly LiveTopic[]; onNews: () => void };

/** Hands news to the parts of the screen that show it. */
export type NewsDesk = {
  hear: (telling: Telling) => void;
  /** Calls `onNews` when one of the topics may have changed. Returns what ends it. */
  subscribe: (topics: readonly LiveTopic[], onNews: () => void) => () => void;
  /** Nobody looks at this tab: news waits until somebody does. */
  setAway: (away: boolean) => void;
};

export function createNewsDesk(): NewsDesk {
  const readers = new Set<Reader>();
  const waiting = new Set<Reader>();
  let isAway = false;

  return {
    hear(telling) {
      for (const reader of readers) {
        if (!concerns(telling, reader.topics)) continue;
        if (isAway) waiting.add(reader);
        else reader.onNews();
      }
    },
    subscribe(topics, onNews) {
      const reader = { topics, onNews };
      readers.add(reader);
      return () => {
        readers.delete(reader);
        waiting.delete(reader);
      };
    },
    setAway(away) {
      isAway = away;
      if (away) return;
      const due = [...waiting];
      waiting.clear();
      for (const reader of due) reader.onNews();
    },
  };
}

function concerns(telling: Telling, topics: readonly LiveTopic[]): boolean {
  return telling.kind === "everything" || telling.topics.some((topic) => topics.includes(topic));
}
