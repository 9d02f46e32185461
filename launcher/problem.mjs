/**
 * Something outside of our code that stops a command: a taken port, a closed folder, no network.
 * Its message is one clear sentence for the person at the terminal; no stack is shown.
 */
export class Problem extends Error {
  /** @override */
  name = "Problem";
}

/**
 * @param {unknown} error
 * @param {string} code for instance "ENOENT"
 * @returns {boolean} whether `error` is the operating system's refusal with that code
 */
export function hasCode(error, code) {
  return error instanceof Error && "code" in error && error.code === code;
}

/**
 * Prints why a command failed: a sentence for a `Problem`, everything for a bug of ours.
 * @param {unknown} error
 */
export function printFailure(error) {
  if (error instanceof Problem) process.stderr.write(`${error.message}\n`);
  else process.stderr.write(`This is a defect in Fieldline:\n${describe(error)}\n`);
}

/** @param {unknown} error */
function describe(error) {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
