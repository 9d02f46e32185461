"use client";

import { useMutation } from "@tanstack/react-query";
import { problemOf } from "../../../../components/problem-of.ts";
import { useTRPC } from "../../../../components/trpc-provider.tsx";
import { Banner } from "../../../../components/ui/banner.tsx";
import { Button } from "../../../../components/ui/button.tsx";
import { formatCount } from "../../../../components/ui/count.tsx";
import { notify } from "../../../../components/ui/toast.tsx";

type AskBannerProps = { run: string; words: string; gone: number };

/** A change of many records at once that waits for a person's word. */
export function AskBanner({ run, words, gone }: AskBannerProps) {
  const trpc = useTRPC();
  const onError = (error: unknown) =>
    notify({ title: "It still waits.", detail: problemOf(error).message, tone: "fail" });
  const approve = useMutation(
    trpc.runs.approve.mutationOptions({
      onSuccess: (done) =>
        notify({ title: `${formatCount(done.gone)} missing rows are taken for gone`, tone: "ok" }),
      onError,
    }),
  );
  const decline = useMutation(
    trpc.runs.decline.mutationOptions({
      onSuccess: () => notify({ title: "The missing rows are left alone", tone: "ok" }),
      onError,
    }),
  );
  const busy = approve.isPending || decline.isPending;
  return (
    <Banner
      tone="warn"
      title={words}
      actions={
        <>
          <Button busy={busy} onClick={() => decline.mutate({ run })}>
            Leave them alone
          </Button>
          <Button variant="danger" busy={busy} onClick={() => approve.mutate({ run, gone })}>
            Take {formatCount(gone)} for gone
          </Button>
        </>
      }
    >
      Nothing was done. Taken for gone, each row is treated as its binding says: its record may be
      deleted in the other systems.
    </Banner>
  );
}
