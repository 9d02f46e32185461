"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { Answer } from "../../../components/answer.tsx";
import { useTRPC } from "../../../components/trpc-provider.tsx";
import { LinkButton } from "../../../components/ui/link-button.tsx";
import { SkeletonRows } from "../../../components/ui/skeleton.tsx";
import { DismissForm } from "./dismiss-form.tsx";
import type { GroupPage, HeldDetail, HeldItem } from "./held-filter.ts";
import { ReplayButton } from "./replay-button.tsx";
import { RowMatches } from "./row-matches.tsx";

// Nothing is corrected before an item was opened.
const CorrectForm = dynamic(() => import("./correct-form.tsx").then((part) => part.CorrectForm));

type HeldPanelProps = { page: GroupPage; item: HeldItem };

/** Why it is held, whether it passes now, and the ways out. */
export function HeldPanel({ page, item }: HeldPanelProps) {
  const trpc = useTRPC();
  const found = useQuery({
    ...trpc.quarantine.find.queryOptions({ item: item.id }),
    retry: false,
  });
  return (
    <div className="flex flex-col gap-4 px-4 pb-4 md:pl-11">
      <Answer
        query={found}
        failed="The item did not load."
        loading={<SkeletonRows rows={3} label="Loading the item" />}
      >
        {(detail) => <Detail page={page} detail={detail} />}
      </Answer>
    </div>
  );
}

function Detail({ page, detail }: { page: GroupPage; detail: HeldDetail }) {
  const field = page.entities
    .find(({ id }) => id === detail.entity)
    ?.fields.find(({ id }) => id === detail.field);
  return (
    <>
      <Reasons detail={detail} version={page.version} />
      {detail.kind === "row" ? (
        <RowMatches detail={detail} page={page} />
      ) : (
        field !== undefined && <CorrectForm key={detail.id} {...{ detail, field, page }} />
      )}
      <div className="flex flex-wrap items-start gap-2">
        <ReplayButton detail={detail} />
        <DismissForm detail={detail} />
        {detail.record !== null && (
          <LinkButton
            size="sm"
            icon="card"
            href={`/records/${detail.record}${detail.field === null ? "" : `?field=${detail.field}`}`}
          >
            The record
          </LinkButton>
        )}
      </div>
    </>
  );
}

/** The reason of then, the rule, and what today's test says. */
function Reasons({ detail, version }: { detail: HeldDetail; version: number }) {
  const { message, rules, verdict, mapVersion } = detail;
  const isOld = mapVersion !== version;
  return (
    <ul className="flex flex-col gap-1 type-body">
      <li>
        {message}
        {isOld && <span className="text-ink-2"> (under map version {mapVersion})</span>}
      </li>
      {rules.map((rule) => (
        <li key={rule} className="text-ink-2">
          {rule}.
        </li>
      ))}
      {verdict?.kind === "fails" && verdict.message !== message && (
        <li>Tested now: {verdict.message}</li>
      )}
      {verdict?.kind === "passes" && <li className="text-ok">It would pass now. Try it.</li>}
      {verdict?.kind === "moot" && <li className="text-ok">{verdict.message}</li>}
    </ul>
  );
}
