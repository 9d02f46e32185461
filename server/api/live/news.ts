import { LIVE_TOPICS, type LiveTopic } from "../../core/live-topics.ts";
import type { Log } from "../../platform/log.ts";

/** What a subscriber is told: some topics have news, or anything may have changed meanwhile. */
export type Telling =
  | { readonly kind: "topics"; readonly topics: readonly LiveTopic[] }
  | { readonly kind: "everything" };

/** Calls `heard` for each message on the hub's channel, `opened` whenever listening (re)starts. */
export type Listen = (on: {
  heard: (payload: string) => void;
  opened: () => void;
}) => Promise<{ stop: () => Promise<void> }>;

export type News = {
  /**
   * Yields "everything" first, then what is new, at most once in `COALESCE_MS`. Ends when
   * `signal` aborts or the process stops.
   */
  follow(signal: AbortSignal): AsyncGenerator<Telling, void>;
  /** Ends all streams: a web server waits for them before it stops. */
  close(): Promise<void>;
};

/** At most four tellings a second reach a browser, however many commits there are. */
const COALESCE_MS = 250;

/** Spreads what the hub's channel says over the subscribers of this process: one listener. */
export function createNews(listen: Listen, log: Log): News {
  const subscribers = new Set<Subscriber>();
  const stopping = new AbortController();
  let listening: Promise<{ stop: () => Promise<void> }> | null = null;

  const start = () => {
    listening ??= listen({
      heard: (payload) => {
        const topics = readTopics(payload);
        for (const subscriber of subscribers) subscriber.add(topics);
      },
      // Listening began anew: what was said in between was not heard.
      opened: () => {
        for (const subscriber of subscribers) subscriber.add("everything");
      },
    }).catch((cause: unknown) => {
      listening = null;
      log.error("Cannot listen to the database", { cause });
      throw cause;
    });
    return listening;
  };

  return {
    async *follow(signal) {
      const end = AbortSignal.any([signal, stopping.signal]);
      const subscriber = createSubscriber(end);
      subscribers.add(subscriber);
      try {
        await start();
        subscriber.add("everything");
        yield* subscriber.tellings();
      } finally {
        subscribers.delete(subscriber);
      }
    },
    async close() {
      stopping.abort();
      const open = listening;
      listening = null;
      if (open !== null) await open.then(({ stop }) => stop());
    },
  };
}

/** The topics of `{"topics":["records"]}`; a message in another form may mean anything. */
function readTopics(payload: string): readonly LiveTopic[] | "everything" {
  try {
    const { topics } = JSON.parse(payload) as { topics?: unknown };
    if (!Array.isArray(topics)) return "everything";
    return LIVE_TOPICS.filter((topic) => topics.includes(topic));
  } catch {
    return "everything";
  }
}

type Subscriber = {
  add(topics: readonly LiveTopic[] | "everything"): void;
  tellings(): AsyncGenerator<Telling, void>;
};

function createSubscriber(end: AbortSignal): Subscriber {
  const waiting = new Set<LiveTopic>();
  let everything = false;
  let wake = Promise.withResolvers<void>();

  const take = (): Telling | null => {
    if (!everything && waiting.size === 0) return null;
    const telling: Telling = everything
      ? { kind: "everything" }
      : { kind: "topics", topics: [...waiting] };
    everything = false;
    waiting.clear();
    return telling;
  };

  return {
    add(topics) {
      if (topics === "everything") everything = true;
      else for (const topic of topics) waiting.add(topic);
      wake.resolve();
    },
    async *tellings() {
      end.addEventListener("abort", () => wake.resolve(), { once: true });
      while (!end.aborted) {
        wake = Promise.withResolvers();
        const telling = take();
        if (telling !== null) yield telling;
        await (telling === null ? wake.promise : pause(COALESCE_MS, end));
      }
    },
  };
}

/** Resolves after `ms`, or at once when `end` aborts. */
function pause(ms: number, end: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      end.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    end.addEventListener("abort", done, { once: true });
    if (end.aborted) done();
  });
}
