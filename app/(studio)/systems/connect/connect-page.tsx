"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { parseAsString, useQueryState } from "nuqs";
import { Answer } from "../../../../components/answer.tsx";
import { Page } from "../../../../components/shell/page.tsx";
import { useTRPC } from "../../../../components/trpc-provider.tsx";
import { SkeletonRows } from "../../../../components/ui/skeleton.tsx";

// It brings the check of every kind of setting with it.
const ConnectForm = dynamic(() => import("./connect-form.tsx").then((part) => part.ConnectForm), {
  ssr: false,
  loading: () => <SkeletonRows rows={6} label="Loading the form" />,
});

const CRUMBS = [{ label: "Systems", href: "/systems" }];

export function ConnectPage() {
  const trpc = useTRPC();
  const connectors = useQuery(trpc.systems.connectors.queryOptions());
  const systems = useQuery(trpc.systems.list.queryOptions());
  // A system that the map names already, for instance after a map was applied from a file.
  const [named] = useQueryState("system", parseAsString);
  const known = systems.data?.find(({ identity }) => identity.id === named)?.identity;
  return (
    <Page
      title={known === undefined ? "Connect a system" : `Connect ${known.name}`}
      crumbs={CRUMBS}
      lede="Connecting reads its tables and columns. Its rows are read and written only when a map that binds them is published."
    >
      <Answer
        query={connectors}
        failed="The form did not load."
        loading={<SkeletonRows rows={6} label="Loading the form" />}
      >
        {(list) => (
          <Answer
            query={systems}
            failed="The systems did not load."
            loading={<SkeletonRows rows={6} label="Loading the form" />}
          >
            {(others) => (
              <ConnectForm
                connectors={list}
                others={others.map(({ identity }) => identity)}
                known={known}
              />
            )}
          </Answer>
        )}
      </Answer>
    </Page>
  );
}
