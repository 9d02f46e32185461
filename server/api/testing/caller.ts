import { openHub, type Sql } from "../../../db/client.ts";
import type { Connector } from "../../connectors/connector.ts";
import { ROLES, type Role } from "../../core/roles.ts";
import { systemClock } from "../../platform/clock.ts";
import { createIdSource } from "../../platform/ids.ts";
import { createLog } from "../../platform/log.ts";
import { systemRandom } from "../../platform/random.ts";
import { createSecretBox } from "../../platform/secrets.ts";
import { createTestDatabase, type TestDatabase } from "../../testing/database.ts";
import type { Context, Person, Services } from "../context.ts";
import { createNews } from "../live/news.ts";
import { appRouter } from "../root.ts";
import { listenTo } from "../services.ts";

export const TEST_SECRET = "0123456789abcdef".repeat(4);

export type TestApi = {
  readonly database: TestDatabase;
  readonly services: Services;
  readonly context: (person: Role | null) => Context;
  /** Calls procedures as somebody of that role, or as nobody. */
  readonly as: (role: Role | null) => ReturnType<typeof appRouter.createCaller>;
  readonly close: () => Promise<void>;
};

/** The whole API on a database of its own, for one test file. */
export async function createTestApi(connectors: readonly Connector[] = []): Promise<TestApi> {
  const database = await createTestDatabase();
  const hub = openHub(database.url, 4);
  const log = createLog({ clock: systemClock, level: "error", format: "text", write: () => {} });
  const services: Services = {
    hub,
    clock: systemClock,
    ids: createIdSource(systemClock, systemRandom),
    log,
    box: createSecretBox(TEST_SECRET),
    news: createNews(listenTo(hub.sql), log),
    connectors,
  };
  await addPeople(hub.sql);
  const context = (role: Role | null): Context => ({
    ...services,
    person: role === null ? null : personOf(role),
  });
  return {
    database,
    services,
    context,
    as: (role) => appRouter.createCaller(context(role)),
    close: async () => {
      await services.news.close();
      await hub.close();
      await database.drop();
    },
  };
}

async function addPeople(sql: Sql): Promise<void> {
  for (const role of ROLES) {
    const { id, name, email } = personOf(role);
    await sql`
      insert into people (id, name, email, email_verified, role, created_at, updated_at)
      values (${id}, ${name}, ${email}, false, ${role}, now(), now())`;
  }
}

function personOf(role: Role): Person {
  return {
    id: `test-${role}`,
    name: `Test ${role}`,
    email: `${role}@example.com`,
    role,
    since: "2026-01-02T03:04:05.000Z",
  };
}
