"use client";

import { useMutation } from "@tanstack/react-query";
import { useTRPC } from "../../../components/trpc-provider.tsx";
import { Button } from "../../../components/ui/button.tsx";
import { Td } from "../../../components/ui/table.tsx";
import { Time } from "../../../components/ui/time.tsx";
import type { Outputs } from "../../../server/api/root.ts";
import { ROLE_OPTIONS } from "./roles.ts";
import { usePeopleAct } from "./use-people-act.ts";

type InvitationRowProps = { invitation: Outputs["people"]["list"]["invitations"][number] };

/** Somebody who was invited and has not come yet. */
export function InvitationRow({ invitation }: InvitationRowProps) {
  const { id, name, email, role, expiresAt } = invitation;
  const trpc = useTRPC();
  const withdraw = useMutation(
    trpc.people.withdraw.mutationOptions(
      usePeopleAct(`The link for ${name} ends`, "The link still works."),
    ),
  );
  return (
    <tr>
      <Td>{name}</Td>
      <Td>{email}</Td>
      <Td>{ROLE_OPTIONS.find(({ value }) => value === role)?.label}</Td>
      <Td>
        <Time at={expiresAt} />
      </Td>
      <Td className="text-right">
        <Button
          size="sm"
          variant="quiet"
          icon="close"
          busy={withdraw.isPending}
          onClick={() => withdraw.mutate({ invitation: id })}
        >
          Take back
        </Button>
      </Td>
    </tr>
  );
}
