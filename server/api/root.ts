import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";
import { audit } from "./audit/audit-router.ts";
import { conflicts } from "./conflicts/conflicts-router.ts";
import { board } from "./home/board.ts";
import { counts } from "./home/counts.ts";
import { needs } from "./home/needs.ts";
import { sinceLast } from "./home/since-last.ts";
import { start } from "./home/start.ts";
import { changes } from "./live/changes.ts";
import { maps } from "./maps/maps-router.ts";
import {
  remove as removePerson,
  setRole,
  withdraw as withdrawInvitation,
} from "./people/change.ts";
import { invite } from "./people/invite.ts";
import { list as listPeople } from "./people/list.ts";
import { quarantine } from "./quarantine/quarantine-router.ts";
import { records } from "./records/records-router.ts";
import { approve, decline } from "./runs/approve.ts";
import { find as findRun } from "./runs/find.ts";
import { lines } from "./runs/lines.ts";
import { list as listRuns } from "./runs/list.ts";
import { repeat } from "./runs/repeat.ts";
import { open as openSandbox } from "./sandbox/open.ts";
import { people, setPeople } from "./sandbox/people.ts";
import { who } from "./session/who.ts";
import { check } from "./systems/check.ts";
import { connect } from "./systems/connect.ts";
import { connectors } from "./systems/connectors.ts";
import { dependents } from "./systems/dependents.ts";
import { find as findSystem } from "./systems/find.ts";
import { identify } from "./systems/identify.ts";
import { list as listSystems } from "./systems/list.ts";
import { pause } from "./systems/pause.ts";
import { preview } from "./systems/preview.ts";
import { reconnect } from "./systems/reconnect.ts";
import { refresh } from "./systems/refresh.ts";
import { remove } from "./systems/remove.ts";
import { settleDrift } from "./systems/settle-drift.ts";
import { withdraw } from "./systems/withdraw.ts";
import { router } from "./trpc.ts";

const systems = {
  check,
  connect,
  connectors,
  dependents,
  find: findSystem,
  identify,
  list: listSystems,
  pause,
  preview,
  reconnect,
  refresh,
  remove,
  settleDrift,
  withdraw,
};

/** Every question the browser can ask, by area: one line per area. */
export const appRouter = router({
  audit,
  conflicts,
  home: router({ board, counts, needs, sinceLast, start }),
  live: router({ changes }),
  maps,
  people: router({
    invite,
    list: listPeople,
    remove: removePerson,
    setRole,
    withdraw: withdrawInvitation,
  }),
  quarantine,
  records,
  runs: router({ approve, decline, find: findRun, lines, list: listRuns, repeat }),
  sandbox: router({ open: openSandbox, people, setPeople }),
  session: router({ who }),
  systems: router(systems),
});

export type AppRouter = typeof appRouter;
export type Inputs = inferRouterInputs<AppRouter>;
export type Outputs = inferRouterOutputs<AppRouter>;
