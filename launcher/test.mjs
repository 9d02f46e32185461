/**
 * `npm test`: every test there is. What could not run is a failure with a sentence; a skipped test
 * is a failure too. The last line is the total.
 */
import { requireNode } from "./node-version.mjs";

requireNode();
void import("./run-tests.mjs").then(({ runTests }) => runTests(process.argv.slice(2)));
