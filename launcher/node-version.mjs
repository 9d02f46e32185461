/*
 * Read by any Node.js, however old, so that it can say that it is too old: no syntax and no import
 * here, nor in the files that stand before this one, that Node.js 12 does not know.
 */

const NODE_MAJOR_MIN = 20;

/**
 * Ends the process with a sentence if this Node.js is too old to go on.
 * @param {number} [exitCode]
 */
export function requireNode(exitCode = 1) {
  const sentence = refuseNode(process.versions.node);
  if (sentence === undefined) return;
  process.stderr.write(`${sentence}\n`);
  process.exit(exitCode);
}

/**
 * @param {string} version for instance "24.21.0"
 * @returns {string | undefined} why this Node.js will not do
 */
export function refuseNode(version) {
  if (Number.parseInt(version, 10) >= NODE_MAJOR_MIN) return undefined;
  return `Fieldline needs Node.js ${NODE_MAJOR_MIN} or newer to start, and this is ${version}.`;
}
