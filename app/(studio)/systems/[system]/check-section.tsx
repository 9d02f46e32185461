"use client";

import { useQuery } from "@tanstack/react-query";
import { Answer } from "../../../../components/answer.tsx";
import { Section } from "../../../../components/shell/section.tsx";
import { useTRPC } from "../../../../components/trpc-provider.tsx";
import { Button } from "../../../../components/ui/button.tsx";
import { SkeletonRows } from "../../../../components/ui/skeleton.tsx";
import { Time } from "../../../../components/ui/time.tsx";
import { CheckLines } from "../check-lines.tsx";

/** The live test: it asks the system itself, now. */
export function CheckSection({ system }: { system: string }) {
  const trpc = useTRPC();
  const check = useQuery(
    trpc.systems.check.queryOptions(
      { system },
      { staleTime: Number.POSITIVE_INFINITY, retry: false },
    ),
  );
  return (
    <Section
      title="Reachable?"
      note={
        check.data !== undefined && (
          <>
            tried <Time at={check.data.at} />
          </>
        )
      }
      actions={
        <Button
          size="sm"
          icon="refresh"
          busy={check.isFetching}
          onClick={() => void check.refetch()}
        >
          Try now
        </Button>
      }
      flush
    >
      <Answer
        query={check}
        failed="The test did not run."
        loading={<SkeletonRows rows={8} label="Trying the system" />}
      >
        {({ lines }) => <CheckLines lines={lines} />}
      </Answer>
    </Section>
  );
}
