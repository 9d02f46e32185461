import type { ReactNode } from "react";
import { PersonMenu } from "../../components/session/person-menu.tsx";
import { Frame } from "../../components/shell/frame.tsx";
import { StudioProviders } from "../../components/studio-providers.tsx";
import { requirePerson } from "../../server/api/rsc.ts";
import { NAVIGATION } from "./navigation.ts";

/** The frame around every screen, for people who are signed in. */
export default async function StudioLayout({ children }: { children: ReactNode }) {
  const person = await requirePerson();
  return (
    <StudioProviders person={person.id}>
      <Frame navigation={NAVIGATION} user={<PersonMenu person={person} />}>
        {children}
      </Frame>
    </StudioProviders>
  );
}
