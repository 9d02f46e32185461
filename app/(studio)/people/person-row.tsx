"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "../../../components/trpc-provider.tsx";
import { Button } from "../../../components/ui/button.tsx";
import { Dialog } from "../../../components/ui/dialog.tsx";
import { Select } from "../../../components/ui/select.tsx";
import { Td } from "../../../components/ui/table.tsx";
import { Time } from "../../../components/ui/time.tsx";
import type { Outputs } from "../../../server/api/root.ts";
import { ROLE_OPTIONS } from "./roles.ts";
import { usePeopleAct } from "./use-people-act.ts";

type PersonRowProps = {
  person: Outputs["people"]["list"]["people"][number];
  isSelf: boolean;
  isLastAdmin: boolean;
};

const LAST_ADMIN = "The last admin: make somebody else admin first.";

/** One person, the role that can be changed, and the way to end their access. */
export function PersonRow({ person, isSelf, isLastAdmin }: PersonRowProps) {
  const trpc = useTRPC();
  const [isAsked, setAsked] = useState(false);
  const change = useMutation(
    trpc.people.setRole.mutationOptions(
      usePeopleAct(`The role of ${person.name} is changed`, "The role stays as it was."),
    ),
  );
  return (
    <tr>
      <Td>
        {person.name}
        {isSelf && <span className="text-ink-2"> (you)</span>}
      </Td>
      <Td>{person.email}</Td>
      <Td>
        <div className="w-40" title={isLastAdmin ? LAST_ADMIN : undefined}>
          <Select
            label={`Role of ${person.name}`}
            options={ROLE_OPTIONS}
            value={person.role}
            disabled={isLastAdmin || change.isPending}
            onChange={(role) => change.mutate({ person: person.id, role })}
          />
        </div>
      </Td>
      <Td>{person.seenAt === null ? "–" : <Time at={person.seenAt} />}</Td>
      <Td className="text-right">
        <Button
          size="sm"
          variant="quiet"
          icon="trash"
          disabledReason={isLastAdmin ? LAST_ADMIN : undefined}
          onClick={() => setAsked(true)}
        >
          Remove
        </Button>
        <RemoveDialog person={person} open={isAsked} onOpenChange={setAsked} />
      </Td>
    </tr>
  );
}

type RemoveDialogProps = Pick<PersonRowProps, "person"> & {
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

function RemoveDialog({ person, open, onOpenChange }: RemoveDialogProps) {
  const trpc = useTRPC();
  const remove = useMutation(
    trpc.people.remove.mutationOptions(
      usePeopleAct(`${person.name} has no access any more`, "The access stays."),
    ),
  );
  return (
    <Dialog
      size="sm"
      title={`Remove ${person.name}`}
      description="Every browser of theirs is signed out at once. What they decided stays, with their address."
      open={open}
      onOpenChange={onOpenChange}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button
            variant="danger"
            icon="trash"
            busy={remove.isPending}
            onClick={() => remove.mutate({ person: person.id })}
          >
            Remove {person.name}
          </Button>
        </>
      }
    />
  );
}
