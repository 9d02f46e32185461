/**
 * How alike two names are, from 0 to 1: 1 is the same name spelled otherwise.
 *
 * "list_price", "List price" => 1; "unit_price", "Price" => 0.7
 */
export function likeness(a: string, b: string): number {
  const [left, right] = [wordsOf(a), wordsOf(b)];
  if (left.join("") === right.join("")) return 1;
  const shared = left.filter((word) => right.some((other) => isSameWord(word, other))).length;
  if (shared === 0) return left.join("").includes(right.join("")) ? 0.4 : 0;
  const all = left.length + right.length - shared;
  return Math.round((0.4 + 0.6 * (shared / all)) * 100) / 100;
}

/** Abbreviations that systems use for the same thing. */
const SHORT: Readonly<Record<string, string>> = {
  no: "number",
  nr: "number",
  num: "number",
  qty: "quantity",
  desc: "description",
  descr: "description",
  mail: "email",
  tel: "phone",
  telephone: "phone",
  addr: "address",
  ctry: "country",
  first: "given",
  firstname: "given",
  last: "family",
  surname: "family",
  title: "name",
  label: "name",
  zip: "postcode",
};

function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .replace(/\be-mail\b/g, "email")
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "")
    .map((word) => SHORT[word] ?? word);
}

function isSameWord(a: string, b: string): boolean {
  if (a === b) return true;
  // "prices" and "price", "cust" and "customer".
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return short.length >= 4 && long.startsWith(short);
}

/** The names of `among` that are like `name`, the most alike first; with their likeness. */
export function mostAlike<Named>(
  name: string,
  among: readonly Named[],
  nameOf: (one: Named) => readonly string[],
): { readonly one: Named; readonly score: number }[] {
  return among
    .map((one) => ({
      one,
      score: Math.max(0, ...nameOf(one).map((other) => likeness(name, other))),
    }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score);
}
