/**
 * Joins class names and drops what is not there.
 *
 * cx("row", selected && "bg-sunk", undefined) => "row bg-sunk"
 */
export function cx(...parts: readonly (string | false | null | undefined)[]): string {
  return parts.filter(Boolean).join(" ");
}
