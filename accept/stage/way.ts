import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** A way to a server on the loopback that can be cut. */
export type Way = {
  /** The address with the way's port in place of the server's. */
  of(url: string): string;
  /** Breaks every connection, and takes no new one until it is healed. */
  cut(): void;
  /** Carries nothing any more and breaks nothing: what is sent waits until it is healed. */
  hush(): void;
  heal(): void;
  close(): Promise<void>;
};

const LOOPBACK = "127.0.0.1";

/** Opens a way to the server that listens on this port. */
export async function openWay(target: number): Promise<Way> {
  const pairs = new Set<readonly [Socket, Socket]>();
  let state: "open" | "cut" | "hushed" = "open";
  const server = createServer((near) => {
    if (state === "cut") {
      near.destroy();
      return;
    }
    const far = connect(target, LOOPBACK);
    const pair = [near, far] as const;
    pairs.add(pair);
    for (const [from, to] of [pair, [far, near] as const]) {
      from.setNoDelay(true);
      from.pipe(to);
      from.on("error", () => undefined);
      from.once("close", () => {
        to.destroy();
        pairs.delete(pair);
      });
    }
    if (state === "hushed") for (const end of pair) end.pause();
  });
  server.listen(0, LOOPBACK);
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const breakAll = () => {
    for (const pair of pairs) for (const end of pair) end.destroy();
  };
  return {
    of(url) {
      const through = new URL(url);
      through.port = String(port);
      return through.toString();
    },
    cut() {
      state = "cut";
      breakAll();
    },
    hush() {
      state = "hushed";
      for (const pair of pairs) for (const end of pair) end.pause();
    },
    heal() {
      state = "open";
      for (const pair of pairs) for (const end of pair) end.resume();
    },
    async close() {
      breakAll();
      server.close();
      await once(server, "close");
    },
  };
}
