/** The hub's database does not take a row's values; it would not take them later either. */
export type Refusal = { readonly code: "not-storable"; readonly message: string };

/**
 * SQLSTATE classes with which PostgreSQL says that a value is the matter, not the moment: what it
 * holds (22), what a constraint asks of it (23), how large it is (54).
 */
const REFUSING = /^(?:22|23|54)[0-9A-Z]{3}$/;

const SENTENCES: Readonly<Record<string, string>> = {
  "22021": "It has a character that the hub cannot keep (U+0000, or half a character).",
  "22P05": "It has a character that the hub cannot keep (U+0000, or half a character).",
  "54000": "Its key, or a value by which it is matched, is too long for the hub to find it by.",
};

/** What an error says about the values that were written; null where it says nothing of them. */
export function refusalOf(error: unknown): Refusal | null {
  if (!(error instanceof Error) || !("code" in error)) return null;
  const code = String(error.code);
  if (!REFUSING.test(code)) return null;
  const message = SENTENCES[code] ?? `The hub's database does not keep it: ${error.message}.`;
  return { code: "not-storable", message };
}
