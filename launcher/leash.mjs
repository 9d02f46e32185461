/**
 * Loaded into every process that the launcher starts: when the launcher is gone, however it went,
 * the process stops itself, gently first. Nothing is left behind.
 */
const GENTLE_MS_MAX = 5_000;

/** Set by the launcher for its own child only; what the child starts is the child's affair. */
const MARK = "FIELDLINE_ON_LEASH";

if (process.env[MARK] !== undefined) {
  delete process.env[MARK];
  process.once("disconnect", () => {
    setTimeout(() => process.kill(process.pid, "SIGKILL"), GENTLE_MS_MAX).unref();
    process.kill(process.pid, "SIGTERM");
  });
  // Listening must not keep a process alive that has nothing else to do.
  process.channel?.unref();
}
