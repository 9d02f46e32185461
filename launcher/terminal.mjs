/**
 * Tells the person at the terminal what is going on.
 *
 * @typedef {object} Terminal
 * @property {(text: string) => void} line
 * @property {<T>(label: string, work: () => Promise<T>) => Promise<T>} step
 *   does something that takes a while, and shows that it goes on
 */

const TICK_MS = { screen: 1_000, file: 10_000 };

/**
 * On a screen a running step is one line that counts; in a file or a pipe, a line now and then.
 * @param {NodeJS.WriteStream} stream
 * @returns {Terminal}
 */
export function createTerminal(stream) {
  const onScreen = stream.isTTY === true && process.env["CI"] === undefined;
  const write = (/** @type {string} */ text) => stream.write(text);
  return {
    line: (text) => write(`${text}\n`),
    step: async (label, work) => {
      const begun = Date.now();
      const tick = () => {
        if (onScreen) write(`\r${label} … ${secondsSince(begun)}`);
        else write(`${label} … ${secondsSince(begun)}\n`);
      };
      write(onScreen ? `${label} …` : `${label} …\n`);
      const timer = setInterval(tick, onScreen ? TICK_MS.screen : TICK_MS.file);
      try {
        const result = await work();
        const done = `${label}: done in ${secondsSince(begun)}`;
        write(onScreen ? `\r${done}   \n` : `${done}\n`);
        return result;
      } catch (error) {
        if (onScreen) write("\n");
        throw error;
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
