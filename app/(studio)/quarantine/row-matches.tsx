"use client";

import { useMutation } from "@tanstack/react-query";
import Link from "next/link";
import { problemOf } from "../../../components/problem-of.ts";
import { useTRPC } from "../../../components/trpc-provider.tsx";
import { Button } from "../../../components/ui/button.tsx";
import { Table, Td, Th } from "../../../components/ui/table.tsx";
import { notify } from "../../../components/ui/toast.tsx";
import { FieldValue } from "../../../components/values/field-value.tsx";
import { LineBullet } from "../../../components/values/line-bullet.tsx";
import { valueText } from "../../../components/values/value-text.ts";
import type { GroupPage, HeldDetail } from "./held-filter.ts";

type RowMatchesProps = { detail: HeldDetail; page: GroupPage };

/** The row as it was seen, and the records that it could be. */
export function RowMatches({ detail, page }: RowMatchesProps) {
  return (
    <>
      <Table label="The row as it was seen" className="max-w-xl">
        <tbody>
          {Object.entries(detail.columns ?? {}).map(([column, value]) => (
            <tr key={column}>
              <Td className="type-small text-ink-2">{column}</Td>
              <Td>
                <FieldValue value={value} expandable />
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
      <Matches detail={detail} page={page} />
      {detail.code === "id-reused" && <AnotherRow detail={detail} />}
    </>
  );
}

/** The way out where the row is none of the records: its id was given to it anew. */
function AnotherRow({ detail: { binding, externalId } }: Pick<RowMatchesProps, "detail">) {
  const trpc = useTRPC();
  const part = useMutation(
    trpc.records.unlink.mutationOptions({
      onSuccess: () =>
        notify({
          title: `${externalId} is another row`,
          detail: "The one that had its id before is gone.",
          tone: "ok",
        }),
    }),
  );
  return (
    <>
      <div>
        <Button
          size="sm"
          icon="unlink"
          busy={part.isPending}
          onClick={() => part.mutate({ binding, externalId: externalId ?? "" })}
        >
          It is another row
        </Button>
      </div>
      {part.error !== null && <ProblemLine error={part.error} />}
    </>
  );
}

function ProblemLine({ error }: { error: Parameters<typeof problemOf>[0] }) {
  return (
    <p role="alert" className="type-small text-fail">
      {problemOf(error).message}
    </p>
  );
}

function Matches({ detail, page }: RowMatchesProps) {
  const trpc = useTRPC();
  const link = useMutation(
    trpc.records.link.mutationOptions({
      onSuccess: (_, { record }) =>
        notify({
          title: `${detail.externalId} is linked`,
          detail: `To the record ${record.slice(-8)}.`,
          tone: "ok",
        }),
    }),
  );
  if (detail.matches.length === 0) {
    return <p className="type-body text-ink-2">No record has its match keys any more.</p>;
  }
  return (
    <>
      <Table label="Records that it could be" caption className="max-w-2xl">
        <thead>
          <tr>
            <Th>Record</Th>
            <Th>Its rows</Th>
            <Th>
              <span className="sr-only">Link</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {detail.matches.map((match) => (
            <tr key={match.id}>
              <Td>
                <Link href={`/records/${match.id}`} className="link">
                  {valueText(match.title)}
                </Link>
              </Td>
              <Td>
                <span className="flex flex-wrap items-center gap-x-3">
                  {match.rows.map(({ system, externalId }) => {
                    const known = page.systems.find(({ id }) => id === system);
                    return (
                      <span
                        key={`${system} ${externalId}`}
                        className="inline-flex items-center gap-1"
                      >
                        {known !== undefined && <LineBullet system={known} as="contributor" />}
                        <span className="type-value">{externalId}</span>
                      </span>
                    );
                  })}
                </span>
              </Td>
              <Td className="text-right">
                <Button
                  size="sm"
                  icon="link"
                  busy={link.isPending && link.variables.record === match.id}
                  disabledReason={
                    match.taken
                      ? "It has a row there already. Unlink that one on its page first."
                      : undefined
                  }
                  onClick={() =>
                    link.mutate({
                      binding: detail.binding,
                      externalId: detail.externalId ?? "",
                      record: match.id,
                    })
                  }
                >
                  It is this one
                </Button>
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
      {link.error !== null && <ProblemLine error={link.error} />}
    </>
  );
}
