import type { Binding } from "../../../server/core/map/document.ts";
import { Lamp } from "../../ui/lamp.tsx";
import { useEditor } from "../editor-context.ts";
import type { SuggestionAnswer } from "./candidates.ts";

type SuggestionNotesProps = {
  bindings: readonly Binding[];
  answers: ReadonlyMap<string, SuggestionAnswer>;
};

/** What the suggestions could not look at: a system out of reach, one without rows. */
export function SuggestionNotes({ bindings, answers }: SuggestionNotesProps) {
  const { document } = useEditor();
  const notes = bindings.flatMap(({ id, system }) => {
    const answer = answers.get(id);
    if (answer === undefined) return [];
    if (answer.problem !== null) return [{ id, text: answer.problem }];
    if (answer.rows > 0) return [];
    const name = document.systems.find((one) => one.id === system)?.name ?? system;
    return [{ id, text: `${name} has no rows here yet: these are by names and types alone.` }];
  });
  return notes.map(({ id, text }) => (
    <p key={id} className="flex items-start gap-2 bg-warn-bg px-4 py-2 type-small text-ink">
      <Lamp state="warning" size={12} label="" className="mt-0.5 shrink-0" />
      {text}
    </p>
  ));
}
