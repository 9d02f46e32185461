import { EmptyState } from "../components/ui/empty-state.tsx";
import { LinkButton } from "../components/ui/link-button.tsx";

/** An address that leads nowhere. */
export default function NotFoundPage() {
  return (
    <main className="flex min-h-dvh justify-center pt-[12vh]">
      <EmptyState
        title="There is no such page"
        action={
          <LinkButton href="/" variant="primary">
            Go Home
          </LinkButton>
        }
      >
        The address may be cut off, or what it named was removed.
      </EmptyState>
    </main>
  );
}
