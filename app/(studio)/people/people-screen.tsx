"use client";

import { useQuery } from "@tanstack/react-query";
import { Answer } from "../../../components/answer.tsx";
import { Page } from "../../../components/shell/page.tsx";
import { Section } from "../../../components/shell/section.tsx";
import { useTRPC } from "../../../components/trpc-provider.tsx";
import { SkeletonRows } from "../../../components/ui/skeleton.tsx";
import { Table, Th } from "../../../components/ui/table.tsx";
import type { Outputs } from "../../../server/api/root.ts";
import { InvitationRow } from "./invitation-row.tsx";
import { InviteForm } from "./invite-form.tsx";
import { PersonRow } from "./person-row.tsx";

type People = Outputs["people"]["list"];

/** Who has access, who was invited, and the form that invites. */
export function PeopleScreen() {
  const trpc = useTRPC();
  const people = useQuery(trpc.people.list.queryOptions());
  return (
    <Page title="People" lede="Who may see, decide, draw and connect.">
      <Answer
        query={people}
        failed="The people did not load."
        loading={<SkeletonRows rows={4} label="Loading the people" />}
      >
        {(found) => <Parts {...found} />}
      </Answer>
    </Page>
  );
}

function Parts({ people, invitations, self }: People) {
  const admins = people.filter(({ role }) => role === "admin").length;
  return (
    <div className="flex flex-col gap-6">
      <Section title="Who has access" flush>
        <Table label="People">
          <Head last="Last here" />
          <tbody>
            {people.map((person) => (
              <PersonRow
                key={person.id}
                person={person}
                isSelf={person.id === self}
                isLastAdmin={person.role === "admin" && admins === 1}
              />
            ))}
          </tbody>
        </Table>
      </Section>
      {invitations.length > 0 && (
        <Section title="Invited" flush>
          <Table label="Invitations">
            <Head last="Link works until" />
            <tbody>
              {invitations.map((invitation) => (
                <InvitationRow key={invitation.id} invitation={invitation} />
              ))}
            </tbody>
          </Table>
        </Section>
      )}
      <Section title="Invite somebody">
        <InviteForm />
      </Section>
    </div>
  );
}

function Head({ last }: { last: string }) {
  return (
    <thead>
      <tr>
        <Th>Name</Th>
        <Th>E-mail</Th>
        <Th>Role</Th>
        <Th>{last}</Th>
        <Th>
          <span className="sr-only">What can be done</span>
        </Th>
      </tr>
    </thead>
  );
}
