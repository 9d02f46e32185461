"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { problemOf } from "../../../components/problem-of.ts";
import { Section } from "../../../components/shell/section.tsx";
import { useTRPC } from "../../../components/trpc-provider.tsx";
import { Segmented } from "../../../components/ui/segmented.tsx";
import { notify } from "../../../components/ui/toast.tsx";

/** How busily people work in the sandbox, in edits a second. */
const PACES = [
  { value: "0", label: "Nobody" },
  { value: "1", label: "1 a second" },
  { value: "10", label: "10 a second" },
  { value: "50", label: "50 a second" },
] as const;
type Pace = (typeof PACES)[number]["value"];

/** The switch "people at work". Nothing where there is no sandbox. */
export function SandboxPeople() {
  const trpc = useTRPC();
  const client = useQueryClient();
  const people = useQuery(trpc.sandbox.people.queryOptions());
  const set = useMutation(
    trpc.sandbox.setPeople.mutationOptions({
      onSuccess: () => client.invalidateQueries(trpc.sandbox.people.queryFilter()),
      onError: (error) =>
        notify({
          title: "People work on as before.",
          detail: problemOf(error).message,
          tone: "fail",
        }),
    }),
  );
  if (people.data === undefined || people.data === null) return null;
  const now = set.isPending ? set.variables.editsPerSecond : people.data.editsPerSecond;
  return (
    <Section title="Sandbox">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-60">
          <div className="type-label">People at work</div>
          <div className="type-small text-ink-2">
            They edit all three systems, now and then the same field on two sides.
          </div>
        </div>
        <Segmented<Pace>
          label="People at work, in edits a second"
          options={PACES}
          value={paceOf(now)}
          onChange={(pace) => set.mutate({ editsPerSecond: Number(pace) })}
        />
      </div>
    </Section>
  );
}

/** The nearest of the paces that can be chosen. */
function paceOf(editsPerSecond: number): Pace {
  const fitting = PACES.filter(({ value }) => Number(value) <= editsPerSecond);
  return fitting.at(-1)?.value ?? "0";
}
