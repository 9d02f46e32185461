import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { currentPerson, firstLinkState } from "../../server/api/rsc.ts";
import { FirstAdminForm } from "./first-admin-form.tsx";
import { LinkUsedUp, NobodyYet } from "./no-way-in.tsx";
import { safeReturn } from "./safe-return.ts";
import { SignInForm } from "./sign-in-form.tsx";

export const metadata: Metadata = {
  title: "Sign in",
  // A one-time token stands in the address.
  referrer: "no-referrer",
  robots: { index: false },
};

type Props = { searchParams: Promise<{ token?: string; return?: string }> };

/** The way in: by e-mail and password, or once by the link that the first start printed. */
export default async function SignInPage({ searchParams }: Props) {
  const { token = null, return: wanted } = await searchParams;
  const goTo = safeReturn(wanted);
  if ((await currentPerson()) !== null) redirect(goTo);
  const link = await firstLinkState(token);
  if (link.state === "open") return <FirstAdminForm token={link.token} />;
  if (link.state === "nobody-yet") return <NobodyYet />;
  return <SignInForm goTo={goTo} note={link.state === "used-up" ? <LinkUsedUp /> : undefined} />;
}
