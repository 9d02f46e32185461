const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** "10m" => 600000. @throws Error for anything else than a number with ms, s, m or h */
export function durationMs(text: string): number {
  const [, amount, unit = ""] = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text) ?? [];
  const ms = Number(amount) * (UNITS[unit] ?? Number.NaN);
  if (Number.isNaN(ms)) throw new Error(`"${text}" is no time. Say for example 90s, 10m or 2h.`);
  return ms;
}

/** "a,b" => ["a", "b"] */
export function listOf(text: string | undefined): string[] | undefined {
  return text?.split(",").filter((item) => item !== "");
}

/** "1,5" => [1, 5] */
export function numbersOf(text: string): number[] {
  return (listOf(text) ?? []).map((item) => {
    const number = Number(item);
    if (!Number.isInteger(number)) throw new Error(`"${item}" is no whole number.`);
    return number;
  });
}
