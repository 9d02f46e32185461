/**
 * Tells the person at the terminal what is going on.
 *
 * @typedef {object} Terminal
 * @property {(text: string) => void} line
 * @property {<T>(label: string, work: () => Promise<T>) => Promise<T>} step
 *   does something that takes a while, and shows that it goes on
 */

const TICK_MS = { screen: 1_000, protocol: 10_000 };

/**
 * On a screen a running step is one line that counts; in a file or a pipe, a line now and then.
 * @param {NodeJS.WriteStream} stream
 * @returns {Terminal}
 */
export function createTerminal(stream) {
  return stream.isTTY === true && process.env["CI"] === undefined
    ? createScreen(stream)
    : createProtocol(stream);
}

/**
 * @param {NodeJS.WriteStream} stream
 * @returns {Terminal}
 */
function createScreen(stream) {
  let isCounting = false;
  const draw = (/** @type {string} */ text) => stream.write(`\r\x1b[K${text}`);
  return {
    line: (text) => {
      // A line amid a running step takes its place; the step counts on below.
      if (isCounting) draw(`${text}\n`);
      else stream.write(`${text}\n`);
    },
    step: async (label, work) => {
      const begun = Date.now();
      const count = () => draw(`${label} … ${secondsSince(begun)}`);
      draw(`${label} …`);
      isCounting = true;
      const timer = setInterval(count, TICK_MS.screen);
      try {
        const result = await work();
        draw(`${label}: done in ${secondsSince(begun)}\n`);
        return result;
      } catch (error) {
        stream.write("\n");
        throw error;
      } finally {
        isCounting = false;
        clearInterval(timer);
      }
    },
  };
}

/**
 * @param {NodeJS.WriteStream} stream
 * @returns {Terminal}
 */
function createProtocol(stream) {
  const line = (/** @type {string} */ text) => void stream.write(`${text}\n`);
  return {
    line,
    step: async (label, work) => {
      const begun = Date.now();
      line(`${label} …`);
      const count = () => line(`${label} … ${secondsSince(begun)}`);
      const timer = setInterval(count, TICK_MS.protocol);
      try {
        const result = await work();
        line(`${label}: done in ${secondsSince(begun)}`);
        return result;
      } finally {
        clearInterval(timer);
      }
    },
  };
}

/** @param {number} begun milliseconds since 1970 */
function secondsSince(begun) {
  const seconds = (Date.now() - begun) / 1_000;
  return seconds < 10 ? `${seconds.toFixed(1)} s` : `${Math.round(seconds)} s`;
}
