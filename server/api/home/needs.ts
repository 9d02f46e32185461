import { LIMITS } from "../../core/limits.ts";
import {
  driftGroups,
  engineState,
  failingSystems,
  heldItems,
  openQuestions,
  systemFacts,
  waitingRuns,
} from "../../storage/screens/home.ts";
import { viewerProcedure } from "../trpc.ts";
import { rankNeeds } from "./rank-needs.ts";

/** An engine may miss two signs of life before anybody is told. */
const ALIVE_MS = LIMITS.leaseMs;

/** What goes on only when a person does something, the most harmful first. */
export const needs = viewerProcedure.query(async ({ ctx }) => {
  const { sql } = ctx.hub;
  const now = ctx.clock.now();
  const [questions, held, drift, failing, runs, engine, systems] = await Promise.all([
    openQuestions(sql, now.toISOString()),
    heldItems(sql),
    driftGroups(sql),
    failingSystems(sql),
    waitingRuns(sql),
    engineState(sql, ALIVE_MS),
    systemFacts(sql),
  ]);
  const isConnected = systems.length > 0;
  return rankNeeds({ questions, held, drift, failing, runs, engine, isConnected }, now);
});
