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

const REFUSALS = ["EACCES", "EPERM", "EROFS", "ENOSPC", "EDQUOT", "EIO", "EISDIR", "ENOTDIR"];

/**
 * Prints why a command failed; see `explainFailure`.
 * @param {unknown} error
 */
export function printFailure(error) {
  process.stderr.write(`${explainFailure(error)}\n`);
}

/**
 * A sentence for a `Problem` and for what the operating system refuses, whatever file it is about;
 * everything for a bug of ours.
 * @param {unknown} error
 */
export function explainFailure(error) {
  if (error instanceof Problem) return error.message;
  if (!(error instanceof Error)) return `This is a defect in Fieldline:\n${error}`;
  if (REFUSALS.some((code) => hasCode(error, code))) {
    return `The operating system does not let Fieldline work here (${error.message}).`;
  }
  return `This is a defect in Fieldline:\n${error.stack ?? error.message}`;
}

/**
 * What PostgreSQL said in the end, in a few words where they suffice.
 * @param {string} output
 */
export function explainPostgres(output) {
  const lines = output.trim().split("\n");
  const full = lines.find((line) => line.includes("No space left on device"));
  if (full !== undefined)
    return `the disk is full (${full.replace(/^.*(FATAL|PANIC|ERROR): */, "")})`;
  return lines.slice(-6).join("\n");
}
