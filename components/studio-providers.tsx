"use client";

import { NuqsAdapter } from "nuqs/adapters/next/app";
import type { ReactNode } from "react";
import { FrameNews } from "./live/frame-news.tsx";
import { LiveProvider } from "./live/live-provider.tsx";
import { PersonId } from "./session/person-id.ts";
import { TrpcProvider } from "./trpc-provider.tsx";

/** What every screen of the studio may use: the API, news of the database, state in the URL. */
export function StudioProviders({ person, children }: { person: string; children: ReactNode }) {
  return (
    <NuqsAdapter>
      <PersonId value={person}>
        <TrpcProvider person={person}>
          <LiveProvider person={person}>
            <FrameNews />
            {children}
          </LiveProvider>
        </TrpcProvider>
      </PersonId>
    </NuqsAdapter>
  );
}
