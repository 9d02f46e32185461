import type { ReactNode } from "react";
import { Lamp } from "./lamp.tsx";

type ErrorStateProps = {
  /** What happened, to what: "HubSpot refused 12 phone numbers." */
  what: string;
  /** Why. */
  why?: ReactNode;
  /** What to do: a button or two. */
  action?: ReactNode;
  /** What is safe: "Nothing was overwritten; the other 1,988 were written." */
  safe?: ReactNode;
  /** A number that support can look up. */
  reference?: string | undefined;
  /** The other side's own words, folded away. */
  detail?: string | undefined;
};

/**
 * Says what failed in the order a person asks: what, why, what now, what is safe.
 *
 * <ErrorState what="The list did not load." why="The server does not answer." action={retry} />
 */
export function ErrorState({ what, why, action, safe, reference, detail }: ErrorStateProps) {
  return (
    <div role="alert" className="flex max-w-xl flex-col gap-2 px-4 py-8">
      <h2 className="flex items-start gap-2 type-title">
        <Lamp state="failed" label="" size={20} className="mt-0.5" />
        {what}
      </h2>
      {why !== undefined && <div className="type-body text-ink-2">{why}</div>}
      {safe !== undefined && <div className="type-body text-ink-2">{safe}</div>}
      {action !== undefined && <div className="mt-2 flex flex-wrap gap-2">{action}</div>}
      {detail !== undefined && (
        <details className="mt-2 type-small text-ink-2">
          <summary className="min-h-6">In its own words</summary>
          <pre className="mt-1 overflow-x-auto bg-sunk p-2 type-value whitespace-pre-wrap">
            {detail}
          </pre>
        </details>
      )}
      {reference !== undefined && (
        <p className="type-small text-ink-3">
          Reference <span className="font-mono select-all">{reference}</span>
        </p>
      )}
    </div>
  );
}
