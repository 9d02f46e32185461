"use client";

import { useRouter } from "next/navigation";
import { startTransition } from "react";
import { Button } from "../components/ui/button.tsx";
import { ErrorState } from "../components/ui/error-state.tsx";

type Props = { error: Error & { digest?: string }; reset: () => void };

/** A page that could not be made: mostly because the database does not answer. */
export default function ErrorPage({ error, reset }: Props) {
  const router = useRouter();
  const again = () =>
    startTransition(() => {
      router.refresh();
      reset();
    });
  return (
    <main className="flex min-h-dvh justify-center pt-[12vh]">
      <ErrorState
        what="This page did not load."
        why="The server could not make it. Perhaps its database does not answer at the moment."
        safe="Nothing was changed. What runs goes on by itself as soon as it can."
        action={
          <Button icon="refresh" variant="primary" onClick={again}>
            Try again
          </Button>
        }
        reference={error.digest}
      />
    </main>
  );
}
