"use client";

import { useMutation } from "@tanstack/react-query";
import { problemOf } from "../../../../components/problem-of.ts";
import { useTRPC } from "../../../../components/trpc-provider.tsx";
import { Badge } from "../../../../components/ui/badge.tsx";
import { Banner } from "../../../../components/ui/banner.tsx";
import { Button } from "../../../../components/ui/button.tsx";
import { Drawer } from "../../../../components/ui/drawer.tsx";
import { LinkButton } from "../../../../components/ui/link-button.tsx";
import { Table, Td, Th } from "../../../../components/ui/table.tsx";
import { Time } from "../../../../components/ui/time.tsx";
import { notify } from "../../../../components/ui/toast.tsx";
import type { SystemData } from "./system-page.tsx";

type StoredObject = SystemData["objects"][number];
type ColumnSchema = StoredObject["schema"]["columns"][number];

type ObjectDrawerProps = {
  data: SystemData;
  object: StoredObject | undefined;
  onClose: () => void;
};

/** One object: its columns as its system has them, and what changed of them. */
export function ObjectDrawer({ data, object, onClose }: ObjectDrawerProps) {
  return (
    <Drawer
      title={object?.schema.name ?? "Object"}
      description={object === undefined ? undefined : <Description object={object} />}
      size="lg"
      open={object !== undefined}
      onOpenChange={(open) => !open && onClose()}
    >
      {object !== undefined && <Content {...{ data, object }} />}
    </Drawer>
  );
}

function Description({ object }: { object: StoredObject }) {
  return (
    <>
      {object.schema.comment !== undefined && <>{object.schema.comment}. </>}
      Shape {object.version}, looked at <Time at={object.discoveredAt} />
    </>
  );
}

function Content({ data, object }: { data: SystemData; object: StoredObject }) {
  const { schema, drift } = object;
  const binding = data.bindings.find((one) => one.object === schema.name);
  return (
    <div className="-m-4">
      {drift !== null && (
        <Banner
          tone={drift.breaking ? "fail" : "warn"}
          title={driftTitle(drift)}
          actions={
            <>
              {binding && (
                <LinkButton href={`/entities/${binding.entity}`}>Change the map</LinkButton>
              )}
              <Settle system={data.identity.id} object={schema.name} goesOn={drift.breaking} />
            </>
          }
        >
          {drift.sentences.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </Banner>
      )}
      <Table label={`Columns of ${schema.name}`}>
        <thead>
          <tr>
            <Th>Column</Th>
            <Th>Type</Th>
            <Th>Rules</Th>
          </tr>
        </thead>
        <tbody>
          {schema.columns.map((column) => (
            <tr key={column.name}>
              <Td>
                <span className="type-value">{column.name}</span>
                {column.comment !== undefined && (
                  <span className="block type-small text-ink-2">{column.comment}</span>
                )}
              </Td>
              <Td>
                <span className="type-value">{column.nativeType}</span>
              </Td>
              <Td>
                <span className="flex flex-wrap gap-1">
                  {rulesOf(object, column).map((rule) => (
                    <Badge key={rule}>{rule}</Badge>
                  ))}
                </span>
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}

/** What stands still: the columns that were lost, or all of the object. */
function driftTitle({ breaking, lost }: NonNullable<StoredObject["drift"]>): string {
  if (!breaking) return "Its shape changed";
  if (lost === undefined) return "Its shape changed: it stands still";
  const names = Object.keys(lost);
  const verb = names.length === 1 ? "stands" : "stand";
  const list = new Intl.ListFormat("en").format(names);
  return `Its shape changed: ${list} ${verb} still, the rest goes on`;
}

type SettleProps = { system: string; object: string; goesOn: boolean };

/** The map fits the new shape: the change is dealt with. */
function Settle({ system, object, goesOn }: SettleProps) {
  const trpc = useTRPC();
  const settle = useMutation(
    trpc.systems.settleDrift.mutationOptions({
      onSuccess: () =>
        notify({
          title: goesOn ? `${object} is read whole again` : `${object}: the change is noted`,
          tone: "ok",
        }),
      onError: (error) =>
        notify({
          title: goesOn ? "It still stands still." : "The change is not noted.",
          detail: problemOf(error).message,
          tone: "fail",
        }),
    }),
  );
  return (
    <Button busy={settle.isPending} onClick={() => settle.mutate({ system, object })}>
      {goesOn ? "The map fits: go on" : "Noted"}
    </Button>
  );
}

function rulesOf({ schema }: StoredObject, column: ColumnSchema): string[] {
  const reference = schema.references.find(({ columns }) => columns.includes(column.name));
  const isUnique = schema.uniques.some((columns) => columns.join() === column.name);
  return [
    schema.key.includes(column.name) ? "key" : "",
    isUnique ? "unique" : "",
    column.nullable ? "" : "required",
    column.hasDefault ? "has a default" : "",
    column.readOnly ? "computed" : "",
    column.lengthMax === undefined ? "" : `at most ${column.lengthMax}`,
    column.values === undefined ? "" : `one of ${column.values.length}`,
    reference === undefined ? "" : `refers to ${reference.object}`,
  ].filter((rule) => rule !== "");
}
