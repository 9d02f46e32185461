import type { Telling } from "./telling.ts";

/** How fresh the screen is: shown by the shell. */
export type LiveStatus = "connecting" | "live" | "reconnecting" | "signed-out";

export type StreamEars = {
  telling: (telling: Telling) => void;
  status: (status: LiveStatus) => void;
};

type Message =
  | { kind: "telling"; telling: Telling }
  | { kind: "status"; status: LiveStatus }
  | { kind: "ask" };

type ShareOptions = {
  /** Tabs with the same name share one stream. */
  name: string;
  /** Opens the stream itself; returns what closes it. */
  open: (ears: StreamEars) => () => void;
  ears: StreamEars;
  /** Missing where the page is not in a secure context: then each tab opens its own stream. */
  locks?: LockManager | undefined;
};

/**
 * One stream per browser, because browsers allow six connections to a host: the tab that holds
 * the lock reads it and passes everything on. When that tab closes, the lock goes to the next.
 * @returns what leaves the share
 */
export function shareStream({ name, open, ears, locks }: ShareOptions): () => void {
  if (locks === undefined) return open(ears);
  const channel = new BroadcastChannel(name);
  const leaving = new AbortController();
  let leads = false;
  let follows = false;
  let status: LiveStatus = "connecting";

  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    if (data.kind === "telling") ears.telling(data.telling);
    else if (data.kind === "status") follow(data.status);
    else if (leads) post({ kind: "status", status });
  };
  const post = (message: Message) => {
    if (!leaving.signal.aborted) channel.postMessage(message);
  };

  const follow = (next: LiveStatus) => {
    ears.status(next);
    // A tab that joins a stream cannot know what it missed since its page was made.
    if (!follows && next === "live") ears.telling({ kind: "everything" });
    follows ||= next === "live";
  };

  const lead = async () => {
    // The lock may be granted in the moment of leaving.
    if (leaving.signal.aborted) return;
    leads = true;
    const close = open({
      telling: (telling) => {
        ears.telling(telling);
        post({ kind: "telling", telling });
      },
      status: (next) => {
        status = next;
        ears.status(next);
        post({ kind: "status", status: next });
      },
    });
    // The lock is held until this tab leaves.
    await new Promise<void>((resolve) => {
      leaving.signal.addEventListener("abort", () => {
        close();
        resolve();
      });
    });
  };

  locks.request(name, { signal: leaving.signal }, lead).catch(ignoreLeaving);
  post({ kind: "ask" });
  return () => {
    leaving.abort();
    channel.close();
  };
}

function ignoreLeaving(error: unknown): void {
  if (error instanceof DOMException && error.name === "AbortError") return;
  throw error;
}
