import { EMPTY_MAP } from "../../core/map/document.ts";
import { readDraft } from "../../storage/drafts.ts";
import { readLiveVersion } from "../../storage/maps.ts";
import { systemFacts } from "../../storage/screens/home.ts";
import { systemLines } from "../../storage/screens/systems.ts";
import { viewerProcedure } from "../trpc.ts";
import { bindingsOf } from "./bindings.ts";
import { identityOf } from "./identity.ts";

/** Every system that is connected or that the map names, with how it does. */
export const list = viewerProcedure.query(async ({ ctx }) => {
  const { sql } = ctx.hub;
  const [lines, facts, draft, live] = await Promise.all([
    systemLines(sql),
    systemFacts(sql),
    readDraft(sql),
    readLiveVersion(sql),
  ]);
  const maps = { draft: draft.document, live: live?.document ?? EMPTY_MAP };
  const named = draft.document.systems.map(({ id }) => id);
  const ids = new Set([...named, ...lines.map(({ id }) => id)]);
  return [...ids].map((id) => {
    const line = lines.find((one) => one.id === id);
    const { identity, isLive } = identityOf(maps, id);
    return {
      identity,
      isLive,
      connector: ctx.connectors.find((one) => one.id === line?.connector)?.title ?? null,
      bound: bindingsOf(maps.live, id).length,
      /** Null for a system that the map names and nobody has connected here. */
      work: line ?? null,
      facts: facts.find((one) => one.id === id) ?? null,
    };
  });
});
