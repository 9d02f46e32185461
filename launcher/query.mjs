/**
 * One question to a PostgreSQL server over a connection of its own.
 * @param {string} url
 * @param {(sql: import("postgres").Sql) => Promise<import("postgres").Row[]>} ask
 */
export async function query(url, ask) {
  // Not at the top: the launcher is read before anything is installed.
  const { default: postgres } = await import("postgres");
  const sql = postgres(url, { max: 1, onnotice: () => undefined, connect_timeout: 10 });
  try {
    return await ask(sql);
  } finally {
    await sql.end({ timeout: 2 });
  }
}
