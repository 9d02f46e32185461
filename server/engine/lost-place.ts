import type { Session } from "../connectors/connector.ts";
import { placeLost, sourceRestored } from "../connectors/place-lost.ts";
import type { BindingId } from "../core/ids.ts";
import type { CompiledMap } from "../core/plan/compile-map.ts";
import type { Failure } from "../core/run/failure.ts";
import { comparedForHub, forgetPlace, loadCapture } from "../storage/captures.ts";
import { markBindingsUnknown } from "../storage/deliveries.ts";
import { fence, type Lease } from "../storage/leases.ts";
import { notify } from "../storage/notify.ts";
import { type EngineContext, nowOf } from "./context.ts";

type Task = { readonly lease: Lease; readonly system: string; readonly map: CompiledMap };

/**
 * Our place in a system's log is lost: it is read whole and compared, with the bases kept. What we
 * were writing there is of unknown outcome, as its events will not be told.
 *
 * Where the hub itself was restored, it is behind in all systems alike. All of them are compared
 * before anything is delivered anywhere, or a value of the backup would go where a newer one stands
 * already.
 * @throws LeaseLost
 */
export async function beginComparison(
  context: EngineContext,
  { lease, system, map }: Task,
  { because, detail }: Extract<Failure, { kind: "place-lost" }>,
): Promise<void> {
  const bindings = [...map.bindings.values()].map(({ binding }) => binding);
  await context.sql.begin(async (tx) => {
    await fence(tx, lease);
    const known = new Set(await comparedForHub(tx));
    const others = because === "hub" ? bindings.map((binding) => binding.system) : [];
    // Whoever else has noticed it has begun with the others already.
    const systems = [system, ...new Set(others.filter((other) => !known.has(other)))];
    await forgetPlace(tx, systems, { because, detail, since: nowOf(context) });
    const theirs = bindings.filter((binding) => systems.includes(binding.system));
    await markBindingsUnknown(
      tx,
      theirs.map(({ id }) => id as BindingId),
    );
    await notify(tx, ["systems", "deliveries"]);
  });
  context.log.warn("A system is read whole and compared.", { system, because, detail });
}

/**
 * Before anything is written to a system: is our place in its log what both remember? The reading
 * finds out too, but on its own, and perhaps later.
 * @throws FailureError (place-lost), or (rejected) where the system itself was restored
 */
export async function checkPlace(
  context: EngineContext,
  session: Session,
  system: string,
): Promise<void> {
  // One without a log keeps no place for us.
  if (session.changes === "reads") return;
  // In this order: the source is told to forget only what the hub has committed before.
  const { kept } = await session.place();
  const { position, loaded } = await loadCapture(context.sql, system);
  const known = position ?? Object.values(loaded).toSorted()[0] ?? null;
  if (known === null) return;
  if (kept === null) throw placeLost("log", "The system keeps no log for us any more.");
  if (kept > known) {
    throw placeLost("hub", "The hub was restored from an older state than the system has told it.");
  }
  // Asked behind the hub, which reads on meanwhile.
  if ((await session.place()).end < known) throw sourceRestored();
}
