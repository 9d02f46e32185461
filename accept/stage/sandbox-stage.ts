import { openHub, type Sql } from "../../db/client.ts";
import { SANDBOX_SIZE, type SandboxSize } from "../../server/sandbox/generate-rows.ts";
import { placeOf } from "../../server/sandbox/open-sandbox.ts";
import { openSandbox } from "../../server/sandbox/sandbox.ts";
import { openStage, type Stage, type StageOptions } from "./stage.ts";

/** The three databases of the sandbox, as those who work in them see them. */
export type Systems = { readonly erp: Sql; readonly shop: Sql; readonly crm: Sql };

export type SandboxStage = Stage & { readonly systems: Systems; readonly size: SandboxSize };

/** Connections of the people who work in one database. */
const CONNECTIONS = 6;

export type SandboxOptions = Partial<StageOptions> & {
  readonly engines: readonly string[];
  readonly size?: SandboxSize;
  /** Leads the engines to the systems; the address itself if not given. */
  readonly wayToSystems?: (url: string) => Promise<string>;
};

/** Opens the sandbox with its ready map, and engines that have read all of it. */
export async function openSandboxStage(options: SandboxOptions): Promise<SandboxStage> {
  const stage = await openStage({ apart: false, ...options });
  const size = options.size ?? SANDBOX_SIZE;
  const place = stage.systemsServer.url;
  const hubs: { close(): Promise<void> }[] = [];
  const open = (system: keyof Systems): Sql => {
    const hub = openHub(placeOf(place, system).url, CONNECTIONS);
    hubs.push(hub);
    return hub.sql;
  };
  const stop = async () => {
    for (const hub of hubs) await hub.close();
    await stage.stop();
  };
  try {
    await openSandbox(stage.acts, (await options.wayToSystems?.(place)) ?? place, size);
    const systems = { erp: open("erp"), shop: open("shop"), crm: open("crm") };
    for (const name of options.engines) stage.engines.start(name);
    await stage.untilIdle();
    return { ...stage, systems, size, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
