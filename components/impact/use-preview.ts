"use client";

import { useEffect, useRef, useState } from "react";
import type { Impact } from "../../server/core/impact/impact.ts";
import type { ProgressNote } from "../../server/core/impact/progress-note.ts";
import type { MapDocument } from "../../server/core/map/document.ts";
import { problemOf } from "../problem-of.ts";
import { useTRPCClient } from "../trpc-provider.tsx";

/** What the map that was looked at calls things. */
export type PreviewedMap = Pick<MapDocument, "systems" | "entities">;

export type PreviewState =
  /** What is to be looked at is not settled yet. */
  | { readonly kind: "idle" }
  | { readonly kind: "running"; readonly note: ProgressNote | null }
  | {
      readonly kind: "done";
      readonly id: string;
      readonly impact: Impact;
      readonly map: PreviewedMap;
    }
  | { readonly kind: "stopped" }
  | { readonly kind: "failed"; readonly message: string };

export type Preview = {
  readonly state: PreviewState;
  readonly stop: () => void;
  /** Looks once more: at a sample where there are many records, or at all of them. */
  readonly look: (how: { readonly all: boolean }) => void;
};

type Wanted = {
  of: "draft" | number;
  /** Another one: what was looked at is not there any more, and it begins anew. */
  stamp: string;
  isReady: boolean;
};

/** Looks at what publishing would change where, and begins anew when that becomes another thing. */
export function usePreview({ of, stamp, isReady }: Wanted): Preview {
  const client = useTRPCClient();
  const [state, setState] = useState<PreviewState>({ kind: "idle" });
  const [how, setHow] = useState({ all: false });
  const leave = useRef<() => void>(() => undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new stamp looks anew.
  useEffect(() => {
    if (!isReady) {
      setState({ kind: "idle" });
      return;
    }
    setState({ kind: "running", note: null });
    const { unsubscribe } = client.maps.preview.subscribe(
      { of, all: how.all },
      {
        onData: (telling) => {
          setState(telling.kind === "done" ? telling : { kind: "running", note: telling });
        },
        onError: (error) => setState({ kind: "failed", message: problemOf(error).message }),
      },
    );
    leave.current = unsubscribe;
    return unsubscribe;
  }, [client, of, stamp, isReady, how]);
  return {
    state,
    stop: () => {
      leave.current();
      setState({ kind: "stopped" });
    },
    look: ({ all }) => setHow({ all }),
  };
}
