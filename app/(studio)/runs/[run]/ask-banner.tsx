"use client";

import { useMutation } from "@tanstack/react-query";
import { problemOf } from "../../../../components/problem-of.ts";
import { useTRPC } from "../../../../components/trpc-provider.tsx";
import { Banner } from "../../../../components/ui/banner.tsx";
import { Button } from "../../../../components/ui/button.tsx";
import { formatCount } from "../../../../components/ui/count.tsx";
import { notify } from "../../../../components/ui/toast.tsx";
import type { Inputs } from "../../../../server/api/root.ts";
import type { RunData } from "./run-page.tsx";

type Asks = NonNullable<RunData["detail"]["asks"]>;
type End = NonNullable<Inputs["runs"]["decline"]["end"]>;
type Refusal = { readonly label: string; readonly end?: End };

/** A change of many records at once that waits for a person's word. */
export function AskBanner(props: { run: string; words: string; asks: Asks }) {
  const { run, words, asks } = props;
  const { rows } = asks;
  const trpc = useTRPC();
  const onError = (error: unknown) =>
    notify({ title: "It still waits.", detail: problemOf(error).message, tone: "fail" });
  const onSuccess = (done: { readonly kind: string; readonly rows: number }) => {
    const said = done.kind === "approved" ? "decided" : "refused";
    notify({ title: `${rowWords(done.rows)} ${said}`, tone: "ok" });
  };
  const approve = useMutation(trpc.runs.approve.mutationOptions({ onSuccess, onError }));
  const decline = useMutation(trpc.runs.decline.mutationOptions({ onSuccess, onError }));
  const busy = approve.isPending || decline.isPending;
  return (
    <Banner
      tone="warn"
      title={words}
      actions={
        <>
          {refusalsOf(asks).map(({ label, ...end }) => (
            <Button key={label} busy={busy} onClick={() => decline.mutate({ run, rows, ...end })}>
              {label}
            </Button>
          ))}
          <Button variant="danger" busy={busy} onClick={() => approve.mutate({ run, rows })}>
            {asks.kind === "gone"
              ? `Take ${formatCount(rows)} for gone`
              : `Allow it in ${rowWords(rows)}`}
          </Button>
        </>
      }
    >
      {consequenceOf(asks)}
    </Banner>
  );
}

const rowWords = (rows: number) => `${formatCount(rows)} ${rows === 1 ? "row" : "rows"}`;

function refusalsOf({ kind, told }: Asks): Refusal[] {
  if (kind !== "gone") return [{ label: "Refuse it" }];
  const sure: Refusal[] = [
    { label: "Make them again", end: "again" },
    { label: "Go on without them", end: "unlink" },
  ];
  return told === "read" ? [{ label: "Leave them alone", end: "leave" }, ...sure] : sure;
}

function consequenceOf({ kind, told }: Asks): string {
  if (kind !== "gone") {
    return (
      "The hub keeps its values, and nothing of this field is written for these records. Allowed, " +
      "each is decided as of today. Refused, the hub's values are written back."
    );
  }
  const left =
    told === "read"
      ? "Left alone, they stay linked until the next whole read. "
      : "Their records stay meanwhile, and nothing is written to these rows. ";
  return `${left}Taken for gone, each is treated as its binding says: its record may be deleted in the other systems.`;
}
