export type FullIdentity = { id: string; name: string; code: string; line: number };

const LINES = 12;
const ID_LENGTH_MAX = 60;

/**
 * A short name from a name: what files and the command line call the system.
 *
 * "Web shop (DE)" => "web-shop-de"; "3PL" => "s-3pl"
 */
export function idOf(name: string): string {
  const plain = name
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  const id = /^[a-z]/.test(plain) || plain === "" ? plain : `s-${plain}`;
  return id.slice(0, ID_LENGTH_MAX).replace(/-$/, "");
}

/**
 * Two letters for the bullet: initials of two words, else the first two letters, else the first
 * pair that no other system has.
 *
 * "Web shop" => "WS"; "ERP" => "ER", or "EP" where ER is taken
 */
export function codeOf(name: string, taken: readonly string[]): string {
  const words = name
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toUpperCase()
    .split(/[^A-Z0-9]+/)
    .filter((word) => word !== "");
  const letters = words.join("");
  if (letters === "") return "";
  const initials =
    words.length > 1
      ? words
          .map((word) => word[0])
          .join("")
          .slice(0, 2)
      : "";
  const pairs = [initials, ...[...letters.slice(1)].map((letter) => letters[0] + letter)];
  const digits = Array.from({ length: 10 }, (_, digit) => `${letters[0]}${digit}`);
  const choices = [...pairs, ...digits].filter((pair) => pair.length === 2);
  return choices.find((pair) => !taken.includes(pair)) ?? choices[0] ?? "";
}

/** The first line colour that no system has; the least used one where all are taken. */
export function lineOf(taken: readonly number[]): number {
  const lines = Array.from({ length: LINES }, (_, index) => index + 1);
  const uses = (line: number) => taken.filter((one) => one === line).length;
  return lines.reduce((best, line) => (uses(line) < uses(best) ? line : best), 1);
}
