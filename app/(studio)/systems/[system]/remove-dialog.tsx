"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Answer } from "../../../../components/answer.tsx";
import { problemOf } from "../../../../components/problem-of.ts";
import { useTRPC } from "../../../../components/trpc-provider.tsx";
import { Button } from "../../../../components/ui/button.tsx";
import { CodeBlock } from "../../../../components/ui/code-block.tsx";
import { formatCount } from "../../../../components/ui/count.tsx";
import { Dialog } from "../../../../components/ui/dialog.tsx";
import { LinkButton } from "../../../../components/ui/link-button.tsx";
import { SkeletonRows } from "../../../../components/ui/skeleton.tsx";
import { notify } from "../../../../components/ui/toast.tsx";
import type { Outputs } from "../../../../server/api/root.ts";
import type { SystemData } from "./system-page.tsx";

type Dependents = Outputs["systems"]["dependents"];
type Left = Outputs["systems"]["remove"]["left"];

type RemoveDialogProps = {
  data: SystemData;
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

/** Removes a system, after saying what depends on it and what stays. */
export function RemoveDialog(props: RemoveDialogProps) {
  const { data, open, onOpenChange } = props;
  const [left, setLeft] = useState<Left | null>(null);
  const router = useRouter();
  const onRemoved = (traces: Left) => {
    notify({ title: `${data.identity.name} is removed`, tone: "ok" });
    // What stays in the system is told nowhere else once it is forgotten here.
    if (traces.length === 0) router.push("/systems");
    else setLeft(traces);
  };
  if (left !== null) return <LeftBehind name={data.identity.name} left={left} open={open} />;
  return <Question {...props} onOpenChange={onOpenChange} onRemoved={onRemoved} />;
}

function Question(props: RemoveDialogProps & { onRemoved: (left: Left) => void }) {
  const { data, open, onOpenChange, onRemoved } = props;
  const trpc = useTRPC();
  const system = data.identity.id;
  const dependents = useQuery(trpc.systems.dependents.queryOptions({ system }, { enabled: open }));
  return (
    <Dialog
      title={`Remove ${data.identity.name}`}
      description="Its rows are not touched. What we made in it (a slot, a publication) is removed."
      open={open}
      onOpenChange={onOpenChange}
      footer={
        dependents.data && (
          <Choices
            data={data}
            dependents={dependents.data}
            onCancel={() => onOpenChange(false)}
            onRemoved={onRemoved}
          />
        )
      }
    >
      <Answer
        query={dependents}
        failed="What depends on it did not load."
        loading={<SkeletonRows rows={3} label="Looking at what depends on it" />}
      >
        {(found) => <DependentList dependents={found} />}
      </Answer>
    </Dialog>
  );
}

/** What an administrator of the system has to remove there. */
function LeftBehind({ name, left, open }: { name: string; left: Left; open: boolean }) {
  const router = useRouter();
  const leave = () => router.push("/systems");
  return (
    <Dialog
      title={`What stays in ${name}`}
      description={`${name} is removed here. Until the slot is gone, its server keeps its log for us.`}
      open={open}
      onOpenChange={leave}
      footer={<Button onClick={leave}>Back to the systems</Button>}
    >
      <ul className="flex flex-col gap-4">
        {left.map(({ what, removal }) => (
          <li key={removal} className="flex flex-col gap-1.5 type-body">
            <span>{capitalized(what)}. To remove it, say in the system:</span>
            <CodeBlock label="Statement" text={removal} />
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

const capitalized = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

function DependentList({ dependents }: { dependents: Dependents }) {
  const { live, links, conflicts, held, due } = dependents;
  const facts = [
    links > 0 &&
      `${formatCount(links)} of its rows are linked to records; the links stay readable.`,
    due > 0 && `${formatCount(due)} records wait to be written there and will not be.`,
    conflicts > 0 && `${formatCount(conflicts)} open conflicts hold a value of it.`,
    held > 0 && `${formatCount(held)} of its values are held in quarantine.`,
  ].filter((fact) => fact !== false);
  return (
    <div className="flex flex-col gap-3 type-body">
      {live.length > 0 && (
        <p>
          The live map binds{" "}
          {live.map(({ object, entityName }) => `${object} to ${entityName}`).join(", ")}. Take it
          out of the draft and publish that first.
        </p>
      )}
      {facts.length > 0 && (
        <ul className="list-disc pl-5">
          {facts.map((fact) => (
            <li key={fact}>{fact}</li>
          ))}
        </ul>
      )}
      {live.length === 0 && facts.length === 0 && <p>Nothing depends on it.</p>}
    </div>
  );
}

type ChoicesProps = {
  data: SystemData;
  dependents: Dependents;
  onCancel: () => void;
  onRemoved: (left: Left) => void;
};

function Choices({ data, dependents, onCancel, onRemoved }: ChoicesProps) {
  const trpc = useTRPC();
  const system = data.identity.id;
  const remove = useMutation(
    trpc.systems.remove.mutationOptions({ onSuccess: ({ left }) => onRemoved(left) }),
  );
  const problem = remove.error === null ? null : problemOf(remove.error);
  const isBound = dependents.live.length > 0;
  return (
    <>
      {problem !== null && (
        <p role="alert" className="w-full type-body text-fail">
          {problem.message}
        </p>
      )}
      <Button onClick={onCancel}>Cancel</Button>
      {isBound && dependents.isInDraft && <Withdraw system={system} />}
      {isBound && !dependents.isInDraft && (
        <LinkButton href="/versions">Look at the draft and publish</LinkButton>
      )}
      {problem?.kind === "unreachable" && (
        <Button
          variant="danger"
          busy={remove.isPending}
          onClick={() => remove.mutate({ system, leaveBehind: true })}
        >
          Remove it here only
        </Button>
      )}
      <Button
        variant="danger"
        icon="trash"
        busy={remove.isPending}
        disabledReason={isBound ? "The live map still binds it." : undefined}
        onClick={() => remove.mutate({ system })}
      >
        Remove
      </Button>
    </>
  );
}

function Withdraw({ system }: { system: string }) {
  const trpc = useTRPC();
  const client = useQueryClient();
  const withdraw = useMutation(
    trpc.systems.withdraw.mutationOptions({
      onSuccess: () => client.invalidateQueries(trpc.systems.dependents.queryFilter({ system })),
      onError: (error) =>
        notify({ title: "It stays in the draft.", detail: problemOf(error).message, tone: "fail" }),
    }),
  );
  return (
    <Button busy={withdraw.isPending} onClick={() => withdraw.mutate({ system })}>
      Take it out of the draft
    </Button>
  );
}
