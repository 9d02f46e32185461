import { inject } from "vitest";

declare module "vitest" {
  interface ProvidedContext {
    /** What `npm run laws` asks for; 0: nothing. */
    readonly lawCases: number;
  }
}

/**
 * How many random cases a law is tried with: as many as `npm test` has time for, or what
 * `npm run laws` asks for.
 */
export function lawRuns(count: number): { readonly numRuns: number } {
  const asked = inject("lawCases");
  return { numRuns: asked > 0 ? asked : count };
}
