"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { Answer } from "../../../components/answer.tsx";
import { useLiveTopics } from "../../../components/live/use-live-topics.ts";
import { problemOf } from "../../../components/problem-of.ts";
import { useTRPC } from "../../../components/trpc-provider.tsx";
import { Button } from "../../../components/ui/button.tsx";
import { Dialog } from "../../../components/ui/dialog.tsx";
import { EmptyState } from "../../../components/ui/empty-state.tsx";
import { SkeletonRows } from "../../../components/ui/skeleton.tsx";
import { Time } from "../../../components/ui/time.tsx";
import { notify } from "../../../components/ui/toast.tsx";
import { LineBullet } from "../../../components/values/line-bullet.tsx";
import { valueText } from "../../../components/values/value-text.ts";
import type { Inputs, Outputs } from "../../../server/api/root.ts";

type LetBeDialogProps = {
  asked: Inputs["quarantine"]["letBe"];
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

/** What people have let be and is so still; each may be taken up again. */
export function LetBeDialog({ asked, open, onOpenChange }: LetBeDialogProps) {
  const trpc = useTRPC();
  const found = useQuery(trpc.quarantine.letBe.queryOptions(asked));
  useLiveTopics(["quarantine", "records"], trpc.quarantine.letBe.queryFilter());
  return (
    <Dialog
      title="Let be"
      description="It stays so until it changes, or until you take it up again."
      open={open}
      onOpenChange={onOpenChange}
      size="lg"
    >
      <Answer
        query={found}
        failed="What is let be did not load."
        loading={<SkeletonRows rows={4} label="Loading what is let be" />}
      >
        {(page) =>
          page.items.length === 0 ? (
            <EmptyState icon="check" title="Nothing is let be">
              What you dismiss is listed here for as long as it stays as it is.
            </EmptyState>
          ) : (
            <ul aria-label="What is let be">
              {page.items.map((item) => (
                <LetBeRow key={item.id} item={item} page={page} />
              ))}
            </ul>
          )
        }
      </Answer>
    </Dialog>
  );
}

type Page = Outputs["quarantine"]["letBe"];

function LetBeRow({ item, page }: { item: Page["items"][number]; page: Page }) {
  const trpc = useTRPC();
  const name = item.record === null ? (item.externalId ?? "A row") : valueText(item.title);
  const take = useMutation(
    trpc.quarantine.takeUp.mutationOptions({
      onSuccess: (outcome) =>
        notify({
          title: outcome.kind === "held" ? `${name} is held again` : `${name} is taken up again`,
          detail: outcome.kind === "held" ? outcome.message : undefined,
          tone: "ok",
        }),
    }),
  );
  const system = page.systems.find(({ id }) => id === item.system);
  const entity = page.entities.find(({ id }) => id === item.entity);
  const field = entity?.fields.find(({ id }) => id === item.field)?.name;
  return (
    <li className="flex flex-wrap items-start gap-3 border-rule border-b py-2">
      {system !== undefined && <LineBullet system={system} as="contributor" />}
      <span className="min-w-0 flex-1 basis-64">
        <span className="block type-label">
          {name}
          {field !== undefined && `, ${field}`}
        </span>
        <span className="block type-small text-ink-2">{item.message}</span>
        <span className="block type-small text-ink-2">
          {item.by}, <Time at={item.at} form="ago" />: {item.note}
        </span>
        <span role="status" className="block type-small text-fail empty:hidden">
          {take.error === null ? "" : problemOf(take.error).message}
        </span>
      </span>
      <Button
        size="sm"
        icon="refresh"
        busy={take.isPending}
        onClick={() => take.mutate({ item: item.id })}
      >
        Take up again
      </Button>
    </li>
  );
}
