"use client";

import Link from "next/link";
import { spanWords, systemState } from "../../../components/systems/system-state.ts";
import { Badge } from "../../../components/ui/badge.tsx";
import { formatCount } from "../../../components/ui/count.tsx";
import { Lamp } from "../../../components/ui/lamp.tsx";
import { Table, Td, Th } from "../../../components/ui/table.tsx";
import { Time } from "../../../components/ui/time.tsx";
import { LineBullet } from "../../../components/values/line-bullet.tsx";
import type { Outputs } from "../../../server/api/root.ts";

type SystemLine = Outputs["systems"]["list"][number];

/** Columns that a narrow screen leaves out; the system's own page has them. */
const WIDE = "hidden lg:table-cell";
const MIDDLE = "hidden sm:table-cell";

export function SystemTable({ systems }: { systems: readonly SystemLine[] }) {
  return (
    <Table label="Systems" className="min-h-0 flex-1 overflow-y-auto bg-panel">
      <thead className="sticky top-0 bg-panel">
        <tr>
          <Th>System</Th>
          <Th>State</Th>
          <Th className={MIDDLE}>Last change</Th>
          <Th numeric className={WIDE}>
            Behind
          </Th>
          <Th numeric className={MIDDLE}>
            Objects
          </Th>
          <Th numeric className={WIDE}>
            Bound
          </Th>
          <Th numeric className={WIDE}>
            To write
          </Th>
          <Th numeric className={WIDE}>
            Held
          </Th>
          <Th className={MIDDLE}>
            <span className="sr-only">Remarks</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {systems.map((system) => (
          <SystemRow key={system.identity.id} system={system} />
        ))}
      </tbody>
    </Table>
  );
}

function SystemRow({ system }: { system: SystemLine }) {
  const { identity, facts, work, connector } = system;
  const state = systemState(facts);
  const href = work === null ? `/systems/connect?system=${identity.id}` : `/systems/${identity.id}`;
  return (
    <tr className="relative hover:bg-sunk has-[a:focus-visible]:bg-sunk">
      <Td className="h-14">
        <Link
          href={href}
          className="flex items-center gap-3 py-1 after:absolute after:inset-0 after:content-['']"
        >
          <LineBullet system={identity} size={28} quiet />
          <span className="min-w-0">
            <span className="block type-label">{identity.name}</span>
            <span className="block type-small text-ink-2">{connector ?? "Not connected here"}</span>
          </span>
        </Link>
      </Td>
      <Td>
        <span className="flex items-center gap-2">
          <Lamp state={state.lamp} label="" />
          {state.words}
        </span>
      </Td>
      <Td className={MIDDLE}>
        {facts?.lastChangeAt ? <Time at={facts.lastChangeAt} /> : <None />}
      </Td>
      <Td numeric className={WIDE}>
        {facts !== null && facts.lagSeconds !== null ? spanWords(facts.lagSeconds) : <None />}
      </Td>
      <Td numeric className={MIDDLE}>
        {work === null ? <None /> : formatCount(work.objects)}
      </Td>
      <Td numeric className={WIDE}>
        {formatCount(system.bound)}
      </Td>
      <Td numeric className={WIDE}>
        {work === null ? <None /> : formatCount(work.due)}
      </Td>
      <Td numeric className={WIDE}>
        {work === null ? <None /> : formatCount(work.held)}
      </Td>
      <Td className={MIDDLE}>
        <Remarks system={system} />
      </Td>
    </tr>
  );
}

function Remarks({ system }: { system: SystemLine }) {
  const { work, isLive } = system;
  return (
    <span className="flex flex-wrap gap-1">
      {work !== null && work.drifted > 0 && (
        <Badge
          tone={work.breaking ? "fail" : "warn"}
          title={
            work.breaking
              ? "Tables whose shape changed in the system; reading of some stands still"
              : "Tables whose shape changed in the system"
          }
        >
          {work.drifted} changed
        </Badge>
      )}
      {!isLive && (
        <Badge tone="draft" title="The live map does not name it yet">
          Not live
        </Badge>
      )}
    </span>
  );
}

/** Nobody knows, or there is none. */
function None() {
  return <span className="text-ink-3">–</span>;
}
