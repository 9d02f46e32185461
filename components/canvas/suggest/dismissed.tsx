import type { Binding } from "../../../server/core/map/document.ts";
import { Button } from "../../ui/button.tsx";
import { useEditor } from "../editor-context.ts";
import type { SuggestionAnswer } from "./candidates.ts";
import type { RowAsk } from "./target.ts";
import type { useDismissing } from "./use-dismissing.ts";

type DismissedProps = {
  target: RowAsk;
  bindings: readonly Binding[];
  answers: ReadonlyMap<string, SuggestionAnswer>;
  dismiss: ReturnType<typeof useDismissing>;
};

/** What of a row was dismissed, and the way back. */
export function Dismissed({ target, bindings, answers, dismiss }: DismissedProps) {
  const { readOnly } = useEditor();
  const pairs = bindings
    .flatMap(({ id }) => answers.get(id)?.dismissed ?? [])
    .filter((pair) =>
      target.kind === "field" ? pair.field === target.field : pair.column === target.column,
    );
  if (pairs.length === 0) return null;
  return (
    <p className="flex items-center justify-between gap-2 border-rule border-t px-4 py-1.5">
      <span className="type-small text-ink-2">
        {pairs.length === 1 ? "1 was dismissed." : `${pairs.length} were dismissed.`}
      </span>
      <Button
        size="sm"
        variant="quiet"
        disabledReason={readOnly ?? undefined}
        onClick={({ currentTarget }) => {
          currentTarget.closest<HTMLElement>("[role=dialog]")?.focus();
          for (const pair of pairs) dismiss(pair, false);
        }}
      >
        Suggest again
      </Button>
    </p>
  );
}
