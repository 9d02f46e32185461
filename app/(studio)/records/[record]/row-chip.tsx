"use client";

import { useState } from "react";
import { IconButton } from "../../../../components/ui/icon-button.tsx";
import { Lamp } from "../../../../components/ui/lamp.tsx";
import { Menu } from "../../../../components/ui/menu.tsx";
import { notify } from "../../../../components/ui/toast.tsx";
import { LineBullet } from "../../../../components/values/line-bullet.tsx";
import { presentRows, type RecordData, type RecordRow, systemOf } from "./record-data.ts";
import { UnlinkDialog } from "./unlink-dialog.tsx";

/** One row of the record: its system, its id there, whether something is on its way to it. */
export function RowChip({ data, row }: { data: RecordData; row: RecordRow }) {
  const [isParting, setParting] = useState(false);
  const system = systemOf(data, row.system);
  const { externalId } = row;
  const name = system?.name ?? row.system;
  const isOnly = presentRows(data).filter(({ state }) => state === "live").length < 2;
  return (
    <span className="inline-flex items-center gap-1.5">
      {system !== undefined && <LineBullet system={system} as="contributor" size={20} />}
      <span className="type-value">{externalId ?? "row to be made"}</span>
      <Work row={row} />
      {externalId !== null && (
        <>
          <Menu
            align="start"
            trigger={<IconButton icon="dots" size="sm" label={`The row in ${name}`} />}
            entries={[
              { label: "Copy its id", icon: "copy", onSelect: () => void copy(externalId) },
              {
                label: "Unlink …",
                icon: "unlink",
                danger: true,
                disabledReason: isOnly ? "It is the record’s only row." : undefined,
                onSelect: () => setParting(true),
              },
            ]}
          />
          <UnlinkDialog
            {...{ data, row, name, externalId }}
            open={isParting}
            onOpenChange={setParting}
          />
        </>
      )}
    </span>
  );
}

async function copy(text: string): Promise<void> {
  await navigator.clipboard.writeText(text);
  notify({ title: "Copied", detail: text });
}

/** A write on its way, or one that waits and why. */
function Work({ row: { delivery, sending } }: { row: RecordRow }) {
  if (sending || delivery?.state === "sent") {
    return <Lamp state="running" size={12} label="A write is on its way" />;
  }
  if (delivery === null) return null;
  if (delivery.state === "parked") {
    return (
      <Lamp state="failed" size={12} label={delivery.failure ?? "A write waits for a person"} />
    );
  }
  return <Lamp state="waiting" size={12} label={delivery.failure ?? "A write is due"} />;
}
