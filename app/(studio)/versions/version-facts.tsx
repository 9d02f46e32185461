"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTRPC } from "../../../components/trpc-provider.tsx";
import { Lamp } from "../../../components/ui/lamp.tsx";
import { Time } from "../../../components/ui/time.tsx";
import type { Side } from "./sides.ts";

/** Who made a version, when and why, and what it holds; what the draft is. */
export function VersionFacts({ side, live }: { side: Side; live: number }) {
  const number = side === "live" ? live : side;
  if (number === "draft") {
    return (
      <header className="flex flex-col gap-1 border-rule border-b px-4 py-4">
        <h2 className="flex items-center gap-2 type-title">
          <Lamp state="draft" label="" /> Draft
        </h2>
        <p className="type-body text-ink-2">
          Saved, and not live: nothing of it takes effect before somebody publishes it.
        </p>
      </header>
    );
  }
  return number === 0 ? null : <OfVersion number={number} />;
}

function OfVersion({ number }: { number: number }) {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.maps.version.queryOptions({ number }));
  if (data === undefined) return <div className="h-24 border-rule border-b" />;
  const { fields, entities, edges, systems } = data.holds;
  return (
    <header className="flex flex-col gap-1 border-rule border-b px-4 py-4">
      <h2 className="flex items-center gap-2 type-title">
        Version {number}
        {data.isLive && (
          <span className="flex items-center gap-1.5 type-label">
            <Lamp state="ok" label="" size={12} /> Live
          </span>
        )}
      </h2>
      {data.note !== "" && <p className="break-words type-body">{data.note}</p>}
      <p className="flex flex-wrap gap-x-3 type-small text-ink-2">
        <span>{data.author}</span>
        <Time at={data.publishedAt} />
        {data.restores !== null && (
          <Link href={`/versions?to=${data.restores}`} className="link">
            brings back version {data.restores}
          </Link>
        )}
        {data.run !== null && (
          <Link href={`/runs/${data.run}`} className="link">
            what it set in motion
          </Link>
        )}
      </p>
      <p className="type-small text-ink-2">
        {`${counted(systems, "system")}, ${counted(entities, "entity", "entities")}, ` +
          `${counted(fields, "field")}, ${counted(edges, "line")}.`}
      </p>
    </header>
  );
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
