import { type TRPCClient, TRPCClientError } from "@trpc/client";
import type { AppRouter } from "../../server/api/root.ts";
import type { StreamEars } from "./share-stream.ts";

const RETRY_MS_MIN = 500;
const RETRY_MS_MAX = 10_000;

/**
 * Opens the live stream, and again after it was lost or the server stopped. Each stream begins
 * with "everything", so that nothing said in between is missed. Returns what closes it.
 */
export function openStream(client: TRPCClient<AppRouter>, ears: StreamEars): () => void {
  let closed = false;
  let wasLive = false;
  let delayMs = RETRY_MS_MIN;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let subscription: { unsubscribe: () => void } | undefined;

  const tryLater = () => {
    if (closed) return;
    ears.status(wasLive ? "reconnecting" : "connecting");
    clearTimeout(timer);
    timer = setTimeout(connect, delayMs);
    delayMs = Math.min(delayMs * 2, RETRY_MS_MAX);
  };

  const connect = () => {
    subscription = client.live.changes.subscribe(undefined, {
      onData: (telling) => {
        wasLive = true;
        delayMs = RETRY_MS_MIN;
        ears.status("live");
        ears.telling(telling);
      },
      onConnectionStateChange: ({ state }) => {
        if (state === "connecting" && wasLive) ears.status("reconnecting");
      },
      onComplete: tryLater,
      onError: (error) => (isSignedOut(error) ? ears.status("signed-out") : tryLater()),
    });
  };

  connect();
  return () => {
    closed = true;
    clearTimeout(timer);
    subscription?.unsubscribe();
  };
}

function isSignedOut(error: unknown): boolean {
  return error instanceof TRPCClientError && error.data?.code === "UNAUTHORIZED";
}
