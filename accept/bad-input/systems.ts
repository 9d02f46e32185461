import { createServer, type Server } from "node:net";
import { startPostgres } from "../../launcher/embedded-postgres.mjs";
import type { Stage } from "../stage/stage.ts";
import { MAP, type Pair } from "./base.ts";
import type { BadFile } from "./files.ts";

/** Systems that cannot be connected, and those that were started to be like that. */
export type BadSystems = {
  readonly cases: readonly BadFile[];
  close(): Promise<void>;
};

export async function openBadSystems({ hub }: Stage, pair: Pair): Promise<BadSystems> {
  const good = pair.env["SHOP_URL"] ?? "";
  const silent = await listen(() => undefined);
  const website = await listen((text) => `HTTP/1.1 400 Bad Request\r\n\r\n${text.length}`);
  const replica = await startPostgres({ ephemeral: true, settings: { wal_level: "replica" } });
  await hub.sql.unsafe(ROLES);
  const away = (change: (url: URL) => void) => {
    const url = new URL(good);
    change(url);
    return url.href;
  };
  const as = (user: string) =>
    away((url) => {
      url.username = user;
      url.password = "good-password";
    });
  const at = (port: number) =>
    away((url) => {
      url.port = String(port);
    });
  const shop = (what: string, url: string, says: RegExp): BadFile => ({
    ...{ what, text: MAP, says, code: 1 },
    env: { ...pair.env, SHOP_URL: url },
  });
  return {
    cases: [
      shop(
        "a password that does not work",
        away((url) => (url.password = "wrong")),
        /^shop: .*refuses the password of user/m,
      ),
      shop(
        "a user that nobody knows",
        away((url) => (url.username = "nobody_here")),
        /^shop: .*nobody_here/m,
      ),
      shop(
        "a database that is not there",
        away((url) => (url.pathname = "/nowhere")),
        /^shop: There is no database "nowhere"/m,
      ),
      shop(
        "a host that nobody knows",
        away((url) => (url.hostname = "no-such-host.invalid")),
        /^shop: No host is known/m,
      ),
      shop("a port where nobody listens", at(1), /^shop: Nothing answers/m),
      shop("a host that does not answer", at(silent.port), /^shop: .*(answer|lost|time)/m),
      shop("a database that is no PostgreSQL", at(website.port), /^shop: .*PostgreSQL/m),
      shop("wal_level = replica", replica.url, /^shop: .*wal_level = logical/m),
      shop("no right to read the log", as("bad_reader"), /^shop: .*with replication/m),
      shop("no right to publish", as("bad_publisher"), /^shop: .*grant create on database/m),
      { ...shop("an address that is none", "mysql://somewhere", /shop.*postgres:\/\//m), code: 1 },
    ],
    async close() {
      await Promise.all([silent.close(), website.close(), replica.stop()]);
    },
  };
}

/** One without the right to read the log, and one without the right to make a publication. */
const ROLES = `
  create role bad_reader login password 'good-password';
  create role bad_publisher login replication password 'good-password';`;

/** A server that answers what it likes; what is undefined is not answered at all. */
async function listen(
  answer: (text: string) => string | undefined,
): Promise<{ port: number; close(): Promise<void> }> {
  const sockets = new Set<{ destroy(): void }>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.on("data", (data) => {
      const text = answer(data.toString("latin1"));
      if (text !== undefined) socket.end(text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : 0,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
