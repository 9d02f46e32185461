import { useQuery } from "@tanstack/react-query";
import { mayActAs, type Role } from "../../server/core/roles.ts";
import { useTRPC } from "../trpc-provider.tsx";

/**
 * Why the person may not do what needs a role, for the `disabledReason` of its control; undefined
 * where they may, and while nobody knows yet who it is: the server decides in any case.
 *
 * const mayNot = useMayNot("editor");
 */
export function useMayNot(needed: Role): string | undefined {
  const trpc = useTRPC();
  const { data: who } = useQuery(trpc.session.who.queryOptions());
  if (who == null || mayActAs(who.role, needed)) return undefined;
  return `This needs the role “${needed}”; yours is “${who.role}”`;
}
