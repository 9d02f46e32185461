/** One measured or counted fact, held against its bar. */
export type Figure = {
  readonly name: string;
  /** What was found, for people: "p99 182 ms of 3000 edits". */
  readonly figure: string;
  readonly bar: string;
  readonly isMet: boolean;
  /** What is wrong, or what an error said: printed below the figure. */
  readonly lines?: readonly string[];
};

const LINES_MAX = 20;

/** A figure that asks for none of something. */
export function noneOf(name: string, what: string, found: readonly string[]): Figure {
  const isMet = found.length === 0;
  return { name, figure: `${found.length} ${what}`, bar: "none", isMet, lines: found };
}

/** A figure that asks for all of something. */
export function allOf(
  name: string,
  what: string,
  count: { readonly found: number; readonly of: number },
  lines: readonly string[] = [],
): Figure {
  const isMet = count.found === count.of && count.of > 0;
  return { name, figure: `${count.found} of ${count.of} ${what}`, bar: "all", isMet, lines };
}

/** "latency: p99 182 ms (≤ 500 ms) PASS", with its lines below. */
export function figureText({ name, figure, bar, isMet, lines = [] }: Figure): string {
  const head = `${name}: ${figure} (${bar}) ${isMet ? "PASS" : "FAIL"}`;
  const shown = lines.slice(0, LINES_MAX).map((line) => `    ${line.replaceAll("\n", "\n    ")}`);
  const more = lines.length - shown.length;
  return [head, ...shown, ...(more > 0 ? [`    and ${more} more`] : [])].join("\n");
}
