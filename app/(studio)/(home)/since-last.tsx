"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { Answer } from "../../../components/answer.tsx";
import { useLiveTopics } from "../../../components/live/use-live-topics.ts";
import { Section } from "../../../components/shell/section.tsx";
import { useTRPC } from "../../../components/trpc-provider.tsx";
import { SkeletonRows } from "../../../components/ui/skeleton.tsx";
import { Time } from "../../../components/ui/time.tsx";
import type { Outputs } from "../../../server/api/root.ts";
import { counted } from "./need-words.ts";

type Since = Outputs["home"]["sinceLast"];
type Happening = Since["happenings"][number];

/** What people did while this one was away. */
export function SinceLast() {
  const trpc = useTRPC();
  const since = useQuery(trpc.home.sinceLast.queryOptions());
  useLiveTopics(["maps", "conflicts", "quarantine"], trpc.home.sinceLast.queryFilter());
  return (
    <Section title="Since you were last here" note={<Note since={since.data} />} flush>
      <Answer
        query={since}
        failed="What happened since you were last here did not load."
        loading={<SkeletonRows rows={2} label="Loading what happened" />}
      >
        {({ happenings }) =>
          happenings.length === 0 ? (
            <p className="px-4 py-4 type-body text-ink-2">
              Nobody published, rolled back, decided or released anything.
            </p>
          ) : (
            <ol>
              {happenings.map((one) => (
                <HappeningRow key={`${one.kind} ${one.at} ${one.by}`} happening={one} />
              ))}
            </ol>
          )
        }
      </Answer>
    </Section>
  );
}

function Note({ since }: { since: Since | undefined }) {
  if (since === undefined) return null;
  if (since.since === null) return "your first visit";
  return <Time at={since.since} />;
}

function HappeningRow({ happening }: { happening: Happening }) {
  const { text, href } = sentenceOf(happening);
  return (
    <li className="flex flex-wrap items-baseline gap-x-3 border-rule border-b px-4 py-2 last:border-b-0">
      <span className="w-32 shrink-0 type-small text-ink-2">
        <Time at={happening.at} />
      </span>
      <Link href={href} className="min-w-0 flex-1 basis-60 type-body hover:underline">
        {text}
      </Link>
    </li>
  );
}

function sentenceOf(happening: Happening): { text: string; href: string } {
  const { by } = happening;
  switch (happening.kind) {
    case "published": {
      const note = happening.note === "" ? "" : `: ${happening.note}`;
      const href = `/versions?version=${happening.version}`;
      if (happening.restores === null) {
        return { text: `${by} published version ${happening.version}${note}`, href };
      }
      const text = `${by} rolled back to version ${happening.restores}, as version ${happening.version}${note}`;
      return { text, href };
    }
    case "decided":
      return {
        text: `${by} decided ${counted(happening.count, "conflict")}`,
        href: "/conflicts?state=resolved",
      };
    default:
      return {
        text: `${by} released ${counted(happening.count, "held item")}`,
        href: "/quarantine?state=released",
      };
  }
}
