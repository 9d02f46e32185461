/** The hub's own address in the environment of every process of the product. */
const HUB_VARIABLE = "DATABASE_URL";

/**
 * How a database of the sandbox is reached, as settings of the PostgreSQL connector. It lies beside
 * the hub's, and an embedded server gets another port at each start: so the address is told as "the
 * hub's own, with this database", wherever the hub is known by its variable.
 * @param url the database's address now
 * @param hub the hub's address now
 * @param variable gives a variable of the environment
 */
export function sandboxSettings(
  url: string,
  hub: string,
  variable: (name: string) => string | undefined,
): Record<string, unknown> {
  const { hostname, port, pathname, username, password } = new URL(url);
  const database = decodeURIComponent(pathname.slice(1));
  if (variable(HUB_VARIABLE) === hub) {
    return { url: { secret: `env:${HUB_VARIABLE}` }, database };
  }
  return {
    host: hostname,
    port: Number(port === "" ? "5432" : port),
    database,
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
  };
}
