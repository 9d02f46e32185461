import type { Hub } from "../../db/client.ts";
import type { Connector } from "../connectors/connector.ts";
import type { Role } from "../core/roles.ts";
import type { ActContext } from "../engine/acts/context.ts";
import type { Clock } from "../platform/clock.ts";
import type { IdSource } from "../platform/ids.ts";
import type { Log } from "../platform/log.ts";
import type { SecretBox } from "../platform/secrets.ts";
import type { News } from "./live/news.ts";

/** Somebody who is signed in. */
export type Person = {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  /** When this session began, ISO 8601 UTC. */
  readonly since: string;
};

/** What this process has once and every procedure may use. */
export type Services = {
  readonly hub: Hub;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: Log;
  /** Seals the passwords of foreign systems. */
  readonly box: SecretBox;
  readonly news: News;
  /** Every kind of system that can be connected. */
  readonly connectors: readonly Connector[];
};

/** One request: the services, and who asks. */
export type Context = Services & {
  readonly person: Person | null;
  /** The id of whom the asking page was made for, where it says so. */
  readonly pageOf?: string | null;
};

/** What the engine's acts need to know of a request: who does it, with which clock and ids. */
export function actOf(ctx: Services & { readonly person: Person }): ActContext {
  return { hub: ctx.hub, clock: ctx.clock, ids: ctx.ids, person: ctx.person.email };
}
