"use client";

import { useRouter } from "next/navigation";
import type { MapDocument } from "../../../server/core/map/document.ts";
import type { Place } from "../../../server/core/map/place.ts";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Lamp } from "../../ui/lamp.tsx";
import { type MapProblem, useEditor } from "../editor-context.ts";
import { NOTHING, type Selection, selectionText } from "../selection.ts";

/** Everything that is wrong with the draft: what stands here first, with a way there and out. */
export function ProblemsTab() {
  const { problems, document, entity } = useEditor();
  const here = problems.filter((problem) => isAboutEntity(problem, document, entity.id));
  const elsewhere = problems.filter((problem) => !here.includes(problem));
  if (problems.length === 0) {
    return (
      <EmptyState icon="check" title="Nothing is wrong">
        The draft can be published as it is.
      </EmptyState>
    );
  }
  return (
    <>
      <ProblemList problems={here} />
      {elsewhere.length > 0 && (
        <>
          <h3 className="px-4 pt-4 pb-1 type-label">Elsewhere in the draft</h3>
          <ProblemList problems={elsewhere} />
        </>
      )}
    </>
  );
}

/** Problems as a list, each with a jump to its place and, where there is one, the way out. */
export function ProblemList({ problems }: { problems: readonly MapProblem[] }) {
  return (
    <ul>
      {problems.map((problem) => (
        <ProblemLine key={`${problem.key} ${problem.message}`} problem={problem} />
      ))}
    </ul>
  );
}

function ProblemLine({ problem }: { problem: MapProblem }) {
  const { document, entity, reveal, apply, readOnly } = useEditor();
  const router = useRouter();
  const { severity, message, place, fix } = problem;
  const jump = () => {
    if (isAboutEntity(problem, document, entity.id)) {
      return reveal(selectionAt(place), "mapping");
    }
    const address = addressOf(place, document);
    if (address !== null) router.push(address);
  };
  return (
    <li className="flex gap-2 border-rule border-b px-4 py-3 last:border-b-0">
      <Lamp
        state={severity === "error" ? "failed" : "warning"}
        label={severity === "error" ? "Error" : "Warning"}
        className="mt-0.5"
      />
      <div className="flex min-w-0 flex-1 flex-col items-start gap-2">
        <p className="break-words type-body">{message}</p>
        <div className="flex flex-wrap gap-2">
          <Button size="sm" onClick={jump}>
            Show it
          </Button>
          {fix !== undefined && (
            <Button
              size="sm"
              disabledReason={readOnly ?? undefined}
              onClick={() => apply(fix.edit)}
            >
              {fix.label}
            </Button>
          )}
        </div>
      </div>
    </li>
  );
}

/** Whether a problem can be seen on the canvas of an entity. */
export function isAboutEntity(
  { place }: Pick<MapProblem, "place">,
  document: MapDocument,
  entity: string,
): boolean {
  return entityOf(place, document) === entity;
}

function entityOf(place: Place, document: MapDocument): string | null {
  if (place.binding === undefined) return place.entity ?? null;
  return document.bindings.find(({ id }) => id === place.binding)?.entity ?? null;
}

/** What is to be chosen to see a place. */
function selectionAt(place: Place): Selection {
  const { binding, edge, column, field } = place;
  if (binding !== undefined && edge !== undefined) return { kind: "edge", binding, edge };
  if (binding !== undefined && column !== undefined) return { kind: "column", binding, column };
  if (binding !== undefined) return { kind: "binding", binding };
  return field === undefined ? NOTHING : { kind: "field", field };
}

function addressOf(place: Place, document: MapDocument): string | null {
  const entity = entityOf(place, document);
  if (entity === null) return place.system === undefined ? null : `/systems/${place.system}`;
  const at = selectionText(selectionAt(place));
  return `/entities/${entity}?${new URLSearchParams({ tab: "mapping", ...(at ? { at } : {}) })}`;
}
