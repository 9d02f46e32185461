import type { Connection, Sql, Transaction } from "../../db/client.ts";
import type { Role } from "../core/roles.ts";

export type PersonLine = {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  /** ISO 8601 UTC. */
  readonly since: string;
  /** When a browser of theirs last proved who they are; null: none is signed in. */
  readonly seenAt: string | null;
};

/** Who may sign in, by name. */
export async function listPeople(sql: Sql): Promise<PersonLine[]> {
  return await sql<PersonLine[]>`
    select p.id, p.name, p.email, p.role, p.created_at as since,
      (select max(s.updated_at) from sessions s where s.person = p.id) as "seenAt"
    from people p order by lower(p.name), p.id`;
}

export type Invitation = { readonly name: string; readonly email: string; readonly role: Role };

export type InvitationLine = Invitation & { readonly id: string; readonly expiresAt: string };

/** How the row of an invitation is found: `PREFIX` and a digest of its token. */
export const INVITATION_PREFIX = "invitation:";

/** Links that were made and not used, newest first. */
export async function listInvitations(sql: Sql, now: string): Promise<InvitationLine[]> {
  const rows = await sql<{ id: string; value: string; expiresAt: string }[]>`
    select id, value, expires_at as "expiresAt" from verifications
    where starts_with(identifier, ${INVITATION_PREFIX}) and expires_at > ${now}
    order by created_at desc`;
  return rows.map(({ id, value, expiresAt }) => ({ id, expiresAt, ...JSON.parse(value) }));
}

/** Keeps an invitation; one to the same address before it ends. */
export async function saveInvitation(
  tx: Transaction,
  row: Invitation & { id: string; digest: string; now: string; expiresAt: string },
): Promise<void> {
  const { id, digest, now, expiresAt, ...invitation } = row;
  await tx`
    delete from verifications where starts_with(identifier, ${INVITATION_PREFIX})
      and value::jsonb->>'email' = ${invitation.email}`;
  await tx`
    insert into verifications (id, identifier, value, expires_at, created_at, updated_at)
    values (${id}, ${INVITATION_PREFIX + digest}, ${JSON.stringify(invitation)}, ${expiresAt},
      ${now}, ${now})`;
}

/** False where there is none. */
export async function dropInvitation(sql: Connection, id: string): Promise<boolean> {
  const rows = await sql`
    delete from verifications
    where id = ${id} and starts_with(identifier, ${INVITATION_PREFIX}) returning 1`;
  return rows.length > 0;
}

export async function isKnownAddress(sql: Connection, email: string): Promise<boolean> {
  const rows = await sql`select 1 from people where email = ${email}`;
  return rows.length > 0;
}

/** One person, with everybody who is admin held until the transaction ends. */
export async function holdPerson(
  tx: Transaction,
  id: string,
): Promise<{ readonly role: Role; readonly isLastAdmin: boolean } | null> {
  const admins = await tx<{ id: string }[]>`
    select id from people where role = 'admin' order by id for update`;
  const [person] = await tx<{ role: Role }[]>`select role from people where id = ${id} for update`;
  if (person === undefined) return null;
  return { ...person, isLastAdmin: admins.length === 1 && admins[0]?.id === id };
}

export async function saveRole(
  tx: Transaction,
  id: string,
  role: Role,
  now: string,
): Promise<void> {
  await tx`update people set role = ${role}, updated_at = ${now} where id = ${id}`;
}

/** Ends their access everywhere. What they decided keeps their address. */
export async function removePerson(tx: Transaction, id: string): Promise<void> {
  await tx`delete from people where id = ${id}`;
}
