"use client";

import dynamic from "next/dynamic";
import Link from "next/link";
import { useState } from "react";
import { Banner } from "../../../../components/ui/banner.tsx";
import { Button } from "../../../../components/ui/button.tsx";
import { LinkButton } from "../../../../components/ui/link-button.tsx";
import { Time } from "../../../../components/ui/time.tsx";
import type { RecordData } from "./record-data.ts";

const UnmergeDialog = dynamic(() =>
  import("./unmerge-dialog.tsx").then((part) => part.UnmergeDialog),
);

/** Of which records it is one since a person merged them, and the way back. */
export function MergedBanners({ data }: { data: RecordData }) {
  const { mergedInto, merges } = data;
  return (
    <>
      {mergedInto !== null && (
        <Banner
          title="It was merged into another record, and lives on there"
          actions={
            <>
              <LinkButton size="sm" href={`/records/${mergedInto}`}>
                Open that record
              </LinkButton>
              <PartButton data={data} record={data.id} />
            </>
          }
        />
      )}
      {merges.map(({ id, at, by }) => (
        <Banner
          key={id}
          title={
            <>
              <Link href={`/records/${id}`} className="link">
                Another record
              </Link>{" "}
              was merged into it
            </>
          }
          actions={<PartButton data={data} record={id} />}
        >
          By {by.replace("person:", "")}, <Time at={at} />
        </Banner>
      ))}
    </>
  );
}

function PartButton({ data, record }: { data: RecordData; record: string }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button size="sm" onClick={() => setOpen(true)}>
        Part them again …
      </Button>
      {isOpen && <UnmergeDialog {...{ data, record }} open onOpenChange={setOpen} />}
    </>
  );
}
