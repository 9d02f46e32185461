"use client";

import { useMutation } from "@tanstack/react-query";
import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { problemOf } from "../../../../components/problem-of.ts";
import { Section } from "../../../../components/shell/section.tsx";
import { useTRPC } from "../../../../components/trpc-provider.tsx";
import { Button } from "../../../../components/ui/button.tsx";
import { formatCount } from "../../../../components/ui/count.tsx";
import { EmptyState } from "../../../../components/ui/empty-state.tsx";
import { Input } from "../../../../components/ui/input.tsx";
import { Segmented } from "../../../../components/ui/segmented.tsx";
import { notify } from "../../../../components/ui/toast.tsx";
import { Toolbar } from "../../../../components/ui/toolbar.tsx";
import { ObjectDrawer } from "./object-drawer.tsx";
import { ObjectTable } from "./object-table.tsx";
import type { SystemData } from "./system-page.tsx";

const SHOWS = ["all", "bound", "drift"] as const;
const PLACE = {
  show: parseAsStringLiteral(SHOWS).withDefault("all"),
  find: parseAsString.withDefault(""),
  object: parseAsString,
};

/** What the system holds: its objects, what they are bound to, and what changed of their shape. */
export function ObjectsSection({ data, className }: { data: SystemData; className?: string }) {
  const [place, setPlace] = useQueryStates(PLACE);
  const found = data.objects.filter((object) => isShown(data, object, place));
  const opened = data.objects.find(({ schema }) => schema.name === place.object);
  return (
    <Section
      title="What it holds"
      note={`${formatCount(data.objects.length)} objects`}
      actions={<ReadAgain data={data} />}
      className={className}
      flush
    >
      <Toolbar label="Filter objects">
        <Segmented
          label="Show"
          options={[
            { value: "all", label: "All" },
            { value: "bound", label: "Bound" },
            { value: "drift", label: "Changed" },
          ]}
          value={place.show}
          onChange={(show) => void setPlace({ show })}
        />
        <Input
          icon="search"
          aria-label="Find an object or column"
          placeholder="Find an object or column"
          value={place.find}
          onChange={(find) => void setPlace({ find: find === "" ? null : find })}
          className="max-w-64"
        />
      </Toolbar>
      {found.length === 0 ? (
        <NothingShown data={data} onClear={() => void setPlace({ show: null, find: null })} />
      ) : (
        <ObjectTable
          data={data}
          objects={found}
          onOpen={(name) => void setPlace({ object: name }, { history: "push" })}
        />
      )}
      <ObjectDrawer data={data} object={opened} onClose={() => void setPlace({ object: null })} />
    </Section>
  );
}

type Place = { show: (typeof SHOWS)[number]; find: string };

function isShown(data: SystemData, object: SystemData["objects"][number], place: Place): boolean {
  const { schema, drift } = object;
  const isBound = [...data.bindings, ...data.draftBindings].some(
    (binding) => binding.object === schema.name,
  );
  if (place.show === "bound" && !isBound) return false;
  if (place.show === "drift" && drift === null) return false;
  const wanted = place.find.toLowerCase();
  return [schema.name, ...schema.columns.map(({ name }) => name)].some((name) =>
    name.toLowerCase().includes(wanted),
  );
}

function NothingShown({ data, onClear }: { data: SystemData; onClear: () => void }) {
  if (data.objects.length === 0) {
    return (
      <EmptyState icon="cylinder" title="It holds nothing that we may see">
        Its user may have no right to read any table. Grant it SELECT on the tables that are to be
        kept in agreement, then read the list again.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon="filter"
      title="No object fits"
      action={<Button onClick={onClear}>Show all</Button>}
    >
      The filter hides {formatCount(data.objects.length)} objects.
    </EmptyState>
  );
}

function ReadAgain({ data }: { data: SystemData }) {
  const trpc = useTRPC();
  const refresh = useMutation(
    trpc.systems.refresh.mutationOptions({
      onSuccess: ({ objects }) =>
        notify({ title: `Read the list again: ${formatCount(objects)} objects`, tone: "ok" }),
      onError: (error) =>
        notify({ title: "The list was not read.", detail: problemOf(error).message, tone: "fail" }),
    }),
  );
  return (
    <Button
      size="sm"
      icon="refresh"
      busy={refresh.isPending}
      onClick={() => refresh.mutate({ system: data.identity.id })}
    >
      Read the list again
    </Button>
  );
}
