import { z } from "zod";
import { listVersions } from "../../storage/maps.ts";
import { countVersions, versionEffects } from "../../storage/screens/versions.ts";
import { viewerProcedure } from "../trpc.ts";

const PAGE_VERSIONS = 100;

const Input = z.object({
  /** Only versions with a lower number: the end of the page before. */
  cursor: z.int().nullish(),
});

/** Published versions, newest first, in pages, each with the run that its publish made. */
export const versions = viewerProcedure.input(Input).query(async ({ ctx, input }) => {
  const { sql } = ctx.hub;
  const before = input.cursor ?? undefined;
  const page = { ...(before === undefined ? {} : { before }), countMax: PAGE_VERSIONS };
  const [lines, count] = await Promise.all([listVersions(sql, page), countVersions(sql)]);
  const effects = await versionEffects(
    sql,
    lines.map(({ number }) => number),
  );
  const runs = new Map(effects.map(({ number, run }) => [number, run]));
  const last = lines.length === PAGE_VERSIONS ? lines.at(-1) : undefined;
  return {
    versions: lines.map((line) => ({ ...line, run: runs.get(line.number) ?? null })),
    count,
    nextCursor: last?.number ?? null,
  };
});
