import type { Transaction } from "../../db/client.ts";
import type { Session } from "../connectors/connector.ts";
import type { LinkId, SystemId } from "../core/ids.ts";
import type { DeliveryPlan } from "../core/plan/plan-delivery.ts";
import { READ_PAST, timesCaughtUp } from "../storage/captures.ts";
import { type Delivery, putBack, unknownCreates } from "../storage/deliveries.ts";
import { type EngineContext, nowOf } from "./context.ts";

type Planned = { readonly delivery: Delivery; readonly plan: DeliveryPlan };

const LOOK_EVERY_MS = 1_000;

/**
 * Rows that may have been made by a call whose outcome nobody can tell, and that were not found
 * when they were looked for: somebody may have changed their keys since. Where the system has a
 * log, none is made again before that has been read past the time at which the call was over.
 */
export class UnknownCreates {
  readonly #context: EngineContext;
  readonly #system: SystemId;
  /** How often the log had been read to its end when the row was due again; null before that. */
  readonly #links: Map<LinkId, number | null>;

  private constructor(context: EngineContext, system: SystemId, links: readonly LinkId[]) {
    this.#context = context;
    this.#system = system;
    this.#links = new Map(links.map((link) => [link, null]));
  }

  /** Those of a partition, as whoever was there before has left them. Call it after recovery. */
  static async of(
    context: EngineContext,
    { partition, system, session }: { partition: string; system: SystemId; session: Session },
  ): Promise<UnknownCreates> {
    const isTold = session.changes === "log";
    const links = isTold ? await unknownCreates(context.sql, partition) : [];
    return new UnknownCreates(context, system, links);
  }

  /** Leaves out, and puts off, those of which the log may still tell that they are there. */
  async withoutUnheard<T extends Planned>(
    tx: Transaction,
    planned: readonly T[],
  ): Promise<readonly T[]> {
    const again = planned.filter(
      ({ plan, delivery }) => plan.kind === "create" && this.#links.has(delivery.link),
    );
    if (again.length === 0) return planned;
    const caughtUp = await timesCaughtUp(tx, this.#system);
    const early = new Set(again.filter((one) => !this.#isHeard(one, caughtUp)));
    const nextAt = new Date(Date.parse(nowOf(this.#context)) + LOOK_EVERY_MS).toISOString();
    await putBack(
      tx,
      [...early].map(({ delivery: { link, tries } }) => ({
        ...{ link, state: "due" as const, nextAt, tries },
        failure: "It may be there already; its system's log is read to its end first.",
      })),
    );
    return planned.filter((one) => !early.has(one));
  }

  #isHeard({ delivery: { link } }: Planned, caughtUp: number): boolean {
    const from = this.#links.get(link) ?? null;
    if (from === null) this.#links.set(link, caughtUp);
    else if (caughtUp >= from + READ_PAST) this.#links.delete(link);
    return !this.#links.has(link);
  }
}
