"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { Answer } from "../answer.tsx";
import { useTRPC } from "../trpc-provider.tsx";
import { Button } from "../ui/button.tsx";
import { Combobox } from "../ui/combobox.tsx";
import { Popover } from "../ui/popover.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { LineBullet } from "../values/line-bullet.tsx";
import { useEditor } from "./editor-context.ts";
import { newBinding } from "./gestures/new-things.ts";

/** Connects an object of a system to the entity. */
export function ConnectObjectPopover() {
  const { readOnly } = useEditor();
  const [open, setOpen] = useState(false);
  const trigger = (
    <Button icon="link" disabledReason={readOnly ?? undefined}>
      Object
    </Button>
  );
  return (
    <Popover {...{ trigger, open }} onOpenChange={setOpen} title="Connect an object">
      {open && <ObjectPicker onDone={() => setOpen(false)} />}
    </Popover>
  );
}

function ObjectPicker({ onDone }: { onDone: () => void }) {
  const trpc = useTRPC();
  const { document, entity, apply, select } = useEditor();
  const objects = useQuery(trpc.maps.objects.queryOptions());
  const connect = (value: string) => {
    const [system = "", ...name] = value.split(" ");
    const binding = newBinding(document, entity.id, { system, object: name.join(" ") });
    if (!apply({ type: "add-binding", binding })) return;
    select({ kind: "binding", binding: binding.id }, "mapping");
    onDone();
  };
  return (
    <div className="flex w-80 flex-col gap-3">
      <Answer
        query={objects}
        failed="The list of objects did not load."
        loading={<SkeletonRows rows={2} label="Loading objects" />}
      >
        {(list) => (
          <Combobox
            label="Object"
            placeholder="A table of a system"
            emptyText="No system has such an object."
            options={list
              .filter(({ boundTo, hasKey }) => hasKey && !boundTo.includes(entity.id))
              .map(({ system, name, columns }) => {
                const found = document.systems.find(({ id }) => id === system);
                return {
                  value: `${system} ${name}`,
                  label: `${found?.name ?? system} ${name}`,
                  hint: `${columns} columns`,
                  mark: found && <LineBullet system={found} size={16} quiet />,
                };
              })}
            value={null}
            onChange={(value) => value !== null && connect(value)}
          />
        )}
      </Answer>
      <p className="type-small text-ink-2">
        Objects without a key cannot be connected. Another system is connected under{" "}
        <Link href="/systems" className="link">
          Systems
        </Link>
        .
      </p>
    </div>
  );
}
