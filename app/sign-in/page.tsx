import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { currentPerson, firstLinkState, invitedBy } from "../../server/api/rsc.ts";
import { FirstAdminForm } from "./first-admin-form.tsx";
import { InvitedForm } from "./invited-form.tsx";
import { InvitationOver, LinkUsedUp, NobodyYet } from "./no-way-in.tsx";
import { safeReturn } from "./safe-return.ts";
import { SignInForm } from "./sign-in-form.tsx";

export const metadata: Metadata = {
  title: "Sign in",
  // A one-time token stands in the address.
  referrer: "no-referrer",
  robots: { index: false },
};

type Address = { token?: string; invitation?: string; return?: string };
type Props = { searchParams: Promise<Address> };

/** The way in: by e-mail and password, or once by a link, the first start's or an admin's. */
export default async function SignInPage({ searchParams }: Props) {
  const { token = null, invitation, return: wanted } = await searchParams;
  const goTo = safeReturn(wanted);
  if ((await currentPerson()) !== null) redirect(goTo);
  if (invitation !== undefined) {
    const invited = await invitedBy(invitation);
    if (invited === null) return <SignInForm goTo={goTo} note={<InvitationOver />} />;
    return <InvitedForm token={invitation} invited={invited} />;
  }
  const link = await firstLinkState(token);
  if (link.state === "open") return <FirstAdminForm token={link.token} />;
  if (link.state === "nobody-yet") return <NobodyYet />;
  return <SignInForm goTo={goTo} note={link.state === "used-up" ? <LinkUsedUp /> : undefined} />;
}
