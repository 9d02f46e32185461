/**
 * Loaded into every process that the launcher starts: when the launcher is gone, however it went,
 * the process stops itself, gently first. Nothing is left behind.
 */
const GENTLE_MS_MAX = 5_000;

if (process.send !== undefined) {
  process.once("disconnect", () => {
    setTimeout(() => process.kill(process.pid, "SIGKILL"), GENTLE_MS_MAX).unref();
    process.kill(process.pid, "SIGTERM");
  });
  // Listening must not keep a process alive that has nothing else to do.
  process.channel?.unref();
}
