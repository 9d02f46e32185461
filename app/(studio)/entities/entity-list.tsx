"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { Answer } from "../../../components/answer.tsx";
import { useLiveTopics } from "../../../components/live/use-live-topics.ts";
import { Page } from "../../../components/shell/page.tsx";
import { useTRPC } from "../../../components/trpc-provider.tsx";
import { Count } from "../../../components/ui/count.tsx";
import { EmptyState } from "../../../components/ui/empty-state.tsx";
import { Lamp } from "../../../components/ui/lamp.tsx";
import { LinkButton } from "../../../components/ui/link-button.tsx";
import { SkeletonRows } from "../../../components/ui/skeleton.tsx";
import { Table, Td, Th } from "../../../components/ui/table.tsx";
import { LineBullet } from "../../../components/values/line-bullet.tsx";
import type { Outputs } from "../../../server/api/root.ts";
import { NewEntityDialog } from "./new-entity-dialog.tsx";

type EntityLine = Outputs["maps"]["entities"][number];

/** Every entity of the draft, as a table. */
export function EntityList() {
  const trpc = useTRPC();
  const entities = useQuery(trpc.maps.entities.queryOptions());
  useLiveTopics(["maps", "systems", "conflicts", "quarantine"], trpc.maps.entities.queryFilter());
  return (
    <Page
      title="Entities"
      lede="What is kept in agreement between the systems, field by field."
      actions={<NewEntityDialog />}
      body="fill"
    >
      <Answer
        query={entities}
        failed="The entities did not load."
        loading={<SkeletonRows label="Loading entities" rows={4} />}
      >
        {(list) => (list.length === 0 ? <NoEntities /> : <EntityTable entities={list} />)}
      </Answer>
    </Page>
  );
}

function NoEntities() {
  const trpc = useTRPC();
  const { data: objects } = useQuery(trpc.maps.objects.queryOptions());
  const hasSystem = (objects?.length ?? 0) > 0;
  return (
    <EmptyState
      icon="interchange"
      title="Nothing is kept in agreement yet"
      action={
        hasSystem ? (
          <NewEntityDialog />
        ) : (
          <LinkButton href="/systems" variant="primary">
            Connect a system
          </LinkButton>
        )
      }
    >
      An entity is a kind of thing that several systems have: a product, a customer. It stands in
      the middle, and says which field of which system is which, and who decides it.
      {!hasSystem && " First connect the systems that hold it."}
    </EmptyState>
  );
}

function EntityTable({ entities }: { entities: readonly EntityLine[] }) {
  return (
    <div data-scroll className="min-h-0 flex-1 overflow-auto bg-panel">
      <Table label="Entities">
        <thead>
          <tr>
            <Th>Entity</Th>
            <Th>Systems</Th>
            <Th numeric>Fields mapped</Th>
            <Th numeric>Records</Th>
            <Th>Waiting</Th>
            <Th>Problems</Th>
            <Th>Draft</Th>
          </tr>
        </thead>
        <tbody>
          {entities.map((entity) => (
            <EntityRow key={entity.id} entity={entity} />
          ))}
        </tbody>
      </Table>
    </div>
  );
}

function EntityRow({ entity }: { entity: EntityLine }) {
  const { id, name, objects, fields, mapped, records } = entity;
  return (
    <tr className="group relative hover:bg-sunk/60">
      <Td className="type-node">
        <Link
          href={`/entities/${id}`}
          className="after:absolute after:inset-0 focus-visible:outline-none after:focus-visible:outline-2 after:focus-visible:outline-focus after:focus-visible:-outline-offset-2"
        >
          {name}
        </Link>
      </Td>
      <Td>
        <span className="flex items-center gap-1.5">
          {objects.map(({ object, system }) =>
            system === null ? null : (
              <span key={`${system.id} ${object}`} title={`${system.name} ${object}`}>
                <LineBullet system={system} size={20} />
              </span>
            ),
          )}
          {objects.length === 0 && <span className="text-ink-2">none</span>}
        </span>
      </Td>
      <Td numeric>
        {mapped} of {fields}
      </Td>
      <Td numeric>
        <Count value={records} />
      </Td>
      <Td>
        <Waiting entity={entity} />
      </Td>
      <Td>
        <Problems entity={entity} />
      </Td>
      <Td>
        <DraftState entity={entity} />
      </Td>
    </tr>
  );
}

function Waiting({ entity }: { entity: EntityLine }) {
  const { id, conflicts, held } = entity;
  if (conflicts + held === 0) return <span className="text-ink-2">nothing</span>;
  return (
    <span className="relative z-10 inline-flex items-center gap-3">
      {conflicts > 0 && (
        <Link
          href={`/conflicts?entity=${id}`}
          className="link inline-flex items-center gap-1.5 whitespace-nowrap"
        >
          <Lamp state="conflict" size={12} label="" />
          {conflicts === 1 ? "1 conflict" : `${conflicts} conflicts`}
        </Link>
      )}
      {held > 0 && (
        <Link
          href={`/quarantine?entity=${id}`}
          className="link inline-flex items-center gap-1.5 whitespace-nowrap"
        >
          <Lamp state="quarantined" size={12} label="" />
          {`${held} held`}
        </Link>
      )}
    </span>
  );
}

function Problems({ entity }: { entity: EntityLine }) {
  const { id, errors, warnings } = entity;
  if (errors + warnings === 0) return <span className="text-ink-2">none</span>;
  const words = [
    ...(errors === 0 ? [] : [errors === 1 ? "1 error" : `${errors} errors`]),
    ...(warnings === 0 ? [] : [warnings === 1 ? "1 warning" : `${warnings} warnings`]),
  ];
  return (
    <Link
      href={`/entities/${id}?tab=problems`}
      className="link relative z-10 inline-flex items-center gap-1.5 whitespace-nowrap"
    >
      <Lamp state={errors > 0 ? "failed" : "warning"} size={12} label="" />
      {words.join(", ")}
    </Link>
  );
}

function DraftState({ entity }: { entity: EntityLine }) {
  const { isLive, changes } = entity;
  if (isLive && changes === 0) return <span className="whitespace-nowrap text-ink-2">as live</span>;
  const words = changes === 1 ? "1 change, not live" : `${changes} changes, not live`;
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <Lamp state="draft" size={12} label="" />
      {isLive ? words : "new, not live"}
    </span>
  );
}
