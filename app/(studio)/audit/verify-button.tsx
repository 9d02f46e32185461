"use client";

import { useMutation } from "@tanstack/react-query";
import { problemOf } from "../../../components/problem-of.ts";
import { useTRPC } from "../../../components/trpc-provider.tsx";
import { Button } from "../../../components/ui/button.tsx";
import { formatCount } from "../../../components/ui/count.tsx";
import { Lamp } from "../../../components/ui/lamp.tsx";
import { Popover } from "../../../components/ui/popover.tsx";
import { Time } from "../../../components/ui/time.tsx";

/** Proves that no line was altered or removed, and says so. */
export function VerifyButton() {
  const trpc = useTRPC();
  const verify = useMutation(trpc.audit.verify.mutationOptions());
  const report = verify.data;
  return (
    <>
      <span role="status" className="flex items-center gap-2 type-small text-ink-2">
        {verify.error !== null && (
          <>
            <Lamp state="failed" label="" />
            {problemOf(verify.error).message}
          </>
        )}
        {report !== undefined && !verify.isPending && report.problems.length === 0 && (
          <>
            <Lamp state="ok" label="" />
            <span>
              {formatCount(report.lines)} lines whole at <Time at={report.at} form="clock" />
            </span>
          </>
        )}
        {report !== undefined && report.problems.length > 0 && (
          <Popover
            trigger={
              <Button size="sm" variant="danger" icon="warning">
                {formatCount(report.problems.length)} broken
              </Button>
            }
            title="Not whole"
          >
            <ul className="flex flex-col gap-2 type-body">
              {report.problems.map((problem) => (
                <li key={problem}>{problem}</li>
              ))}
            </ul>
          </Popover>
        )}
      </span>
      <Button icon="lock" busy={verify.isPending} onClick={() => verify.mutate()}>
        Verify
      </Button>
    </>
  );
}
