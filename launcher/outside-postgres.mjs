import { hasCode, Problem } from "./problem.mjs";
import { query } from "./query.mjs";

const VERSION_MIN = 14;

/**
 * Makes sure that a PostgreSQL server of the user's own will do as the hub. Throws `Problem`.
 * @param {string} url
 * @returns {Promise<string | undefined>} what will be missing although the hub runs
 */
export async function checkOutsidePostgres(url) {
  if (!/^postgres(ql)?:\/\//.test(url)) {
    throw new Problem(
      "DATABASE_URL must start with postgres://, as postgres://user:password@host/db.",
    );
  }
  const [server] = await ask(url);
  const version = Math.floor(Number(server?.["version"]) / 10_000);
  if (version < VERSION_MIN) {
    throw new Problem(
      `DATABASE_URL leads to PostgreSQL ${version}; Fieldline needs ${VERSION_MIN} or newer.`,
    );
  }
  if (server?.["encoding"] !== "UTF8") {
    throw new Problem(
      `The database of DATABASE_URL is encoded as ${server?.["encoding"]}; it must be UTF8.`,
    );
  }
  if (server["may_create"] !== true) {
    throw new Problem(
      `The user ${server["name"]} of DATABASE_URL may not create tables; grant it with: ` +
        `GRANT CREATE ON DATABASE "${server["database"]}" TO "${server["name"]}"; ` +
        `GRANT CREATE, USAGE ON SCHEMA public TO "${server["name"]}";`,
    );
  }
  if (server["wal_level"] === "logical" && server["may_create_databases"] === true)
    return undefined;
  return (
    "This PostgreSQL serves as the hub, but not for the sandbox, which needs wal_level=logical " +
    "and a user who may create databases and read replication."
  );
}

/** @param {string} url */
async function ask(url) {
  try {
    return await query(
      url,
      (sql) => sql`
        select current_setting('server_version_num') as version,
          current_setting('server_encoding') as encoding,
          current_setting('wal_level') as wal_level,
          current_user as name,
          current_database() as database,
          has_database_privilege(current_database(), 'create')
            and has_schema_privilege('public', 'create') as may_create,
          (select rolsuper or (rolcreatedb and rolreplication)
            from pg_roles where rolname = current_user) as may_create_databases`,
    );
  } catch (error) {
    throw new Problem(`The database of DATABASE_URL does not open: ${explain(error)}.`);
  }
}

/** @param {unknown} error */
function explain(error) {
  const message = error instanceof Error ? error.message : String(error);
  if (hasCode(error, "ECONNREFUSED")) return `nothing listens there (${message})`;
  if (hasCode(error, "ENOTFOUND")) return `there is no such host (${message})`;
  if (hasCode(error, "CONNECT_TIMEOUT")) return `the host does not answer (${message})`;
  return message;
}
