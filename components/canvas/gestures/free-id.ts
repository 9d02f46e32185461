const LENGTH_MAX = 60;

/**
 * An id for something that people call `name`, unlike every one of `taken`: lower-case letters,
 * digits and hyphens, a letter first.
 *
 * "Größe (cm)", [] => "grosse-cm"; "price", ["price"] => "price-2"
 */
export function freeId(name: string, taken: Iterable<string>): string {
  const used = new Set(taken);
  const plain = name
    .replaceAll("ß", "ss")
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^[^a-z]+|-+$/g, "");
  const base = (plain === "" ? "field" : plain).slice(0, LENGTH_MAX - 4).replace(/-+$/, "");
  if (!used.has(base)) return base;
  let number = 2;
  while (used.has(`${base}-${number}`)) number += 1;
  return `${base}-${number}`;
}

/**
 * What people would call a column.
 *
 * "list_price" => "List price"; "givenName" => "Given name"
 */
export function nameOfColumn(column: string): string {
  const words = column
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/[_\-.]+/g, " ")
    .trim()
    .toLowerCase();
  const name = words === "" ? column : words;
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`.slice(0, 120);
}
