import { z } from "zod";
import { EMPTY_MAP } from "../../core/map/document.ts";
import { readDraft } from "../../storage/drafts.ts";
import { readLiveVersion } from "../../storage/maps.ts";
import { systemFacts } from "../../storage/screens/home.ts";
import { storedObjects, systemDetail, systemLines } from "../../storage/screens/systems.ts";
import { viewerProcedure } from "../trpc.ts";
import { bindingsOf } from "./bindings.ts";
import { identityOf } from "./identity.ts";
import { loadSystem } from "./session.ts";

/** One system: how it is named and reached, how fresh it is, and what it holds. */
export const find = viewerProcedure
  .input(z.object({ system: z.string() }))
  .query(async ({ ctx, input }) => {
    const { sql } = ctx.hub;
    const { system, connector } = await loadSystem(ctx, input.system);
    const [lines, facts, detail, objects, draft, live] = await Promise.all([
      systemLines(sql),
      systemFacts(sql),
      systemDetail(sql, system.id),
      storedObjects(sql, system.id),
      readDraft(sql),
      readLiveVersion(sql),
    ]);
    const maps = { draft: draft.document, live: live?.document ?? EMPTY_MAP };
    return {
      ...identityOf(maps, system.id),
      connector: {
        id: connector.id,
        title: connector.title,
        hasLog: connector.capabilities.changes === "log",
        remainingWindow: connector.capabilities.remainingWindow,
      },
      createdAt: system.createdAt,
      /** Plain settings; secrets stay on the server, only their names are told. */
      settings: system.settings,
      storedSecrets: system.secrets === null ? [] : connector.secrets,
      facts: facts.find((one) => one.id === system.id) ?? null,
      work: lines.find((one) => one.id === system.id) ?? null,
      detail,
      objects,
      bindings: bindingsOf(maps.live, system.id),
      draftBindings: bindingsOf(maps.draft, system.id),
    };
  });
