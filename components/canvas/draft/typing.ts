/** What was typed and waits for a pause, before it becomes an edit of the draft. */
const waiting = new Set<() => void>();

/**
 * Says that something was typed that is no edit of the draft yet.
 * @param save makes the edit
 * @returns what to call once it was saved
 */
export function beginTyping(save: () => void): () => void {
  waiting.add(save);
  return () => waiting.delete(save);
}

/**
 * Makes edits of all that was typed. Whatever is about the draft as a whole comes after them: a
 * discarded draft would begin anew with the word that was typed just before.
 */
export function saveTyped(): void {
  for (const save of [...waiting]) save();
}
