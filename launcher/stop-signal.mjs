const PARENT_WATCH_MS = 500;

/**
 * Listens for everything that means "stop": Ctrl-C, a closed terminal, a service manager. And for
 * the end of npm: it hands a signal on to its shell alone, which dies of it and leaves us behind.
 * @returns {AbortSignal} aborted when it is time
 */
export function listenForStop() {
  const told = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => told.abort());
  const isBelowNpm = process.env["npm_lifecycle_event"] !== undefined;
  if (isBelowNpm) watchParent(() => told.abort());
  return told.signal;
}

/** @param {() => void} onGone */
function watchParent(onGone) {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    onGone();
  }, PARENT_WATCH_MS);
  timer.unref();
}
