/** @typedef {import("node:child_process").ChildProcess} ChildProcess */

/**
 * Stops a process and all that it has started; it must lead a group of its own (`detached`).
 * @param {ChildProcess} child
 * @param {number} gentleMsMax how long it may take before it is killed
 * @returns {Promise<void>}
 */
export function stopProcess(child, gentleMsMax) {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const killing = setTimeout(() => killGroup(child, "SIGKILL"), gentleMsMax);
    child.once("exit", () => {
      clearTimeout(killing);
      // What it may have started itself goes with it.
      killGroup(child, "SIGKILL");
      resolve();
    });
    child.kill("SIGTERM");
  });
}

/**
 * @param {ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
function killGroup({ pid }, signal) {
  try {
    if (pid !== undefined) process.kill(-pid, signal);
  } catch {
    // The group is gone already.
  }
}
