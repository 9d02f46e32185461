/**
 * `npm run laws [-- --cases 100000] [FILE …]`: the laws of the pure core, each with so many random
 * cases. What fails prints its smallest case, and the seed that plays it again.
 */
import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";

const { values, positionals } = parseArgs({
  options: { cases: { type: "string", default: "100000" } },
  allowPositionals: true,
});
const cases = Number(values.cases);
if (!Number.isInteger(cases) || cases < 1) {
  process.stderr.write(`--cases is a whole number above 0, not "${values.cases}".\n`);
  process.exit(2);
}
const files = positionals.length > 0 ? positionals : ["server/core"];
const { status } = spawnSync(
  process.execPath,
  // Nobody knows how long so many cases take: no test is cut off.
  [
    ...["node_modules/vitest/vitest.mjs", "run", "--project", "unit", ...files],
    ...["--testTimeout=0", "--reporter=verbose"],
  ],
  { stdio: "inherit", env: { ...process.env, FIELDLINE_LAW_CASES: String(cases) } },
);
process.exitCode = status ?? 1;
