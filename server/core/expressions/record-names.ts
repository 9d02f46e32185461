/** "list-price" as an expression writes it: a name has no hyphen there. */
export const memberName = (field: string): string => field.replaceAll("-", "_");

/**
 * The fields of the record that an expression names, without reading it: for whoever must know
 * what goes with a field, and has no parser.
 *
 * 'record.list_price > 0 && record["on"] != null' => ["list-price", "on"]
 */
export function fieldsNamedIn(text: string): string[] {
  const named = [...text.matchAll(/\brecord(?:\.([a-z]\w*)|\["([a-z][\w-]*)"\])/g)];
  const fields = named.map(([, dotted, quoted]) => (dotted ?? quoted ?? "").replaceAll("_", "-"));
  return [...new Set(fields)];
}
