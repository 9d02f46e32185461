import { openHub } from "../../../../db/client.ts";
import { LIMITS } from "../../../core/limits.ts";
import { checkLease, takeLeases } from "../../../storage/leases.ts";
import { emptyHub } from "../empty-hub.ts";

const CHECKS = 2_000;

/**
 * How old the last look at the lease is when a call begins: at most one round trip to the hub's
 * database. Real time, so another figure each time.
 */
export async function measureLeaseAge(url: string): Promise<string> {
  const hub = openHub(url, 1);
  try {
    await emptyHub(hub.sql);
    const wanted = { wanted: ["deliver:shop:0"], count: 1, leaseMs: 10 * LIMITS.leaseMs };
    const [lease] = await takeLeases(hub.sql, "engine", wanted);
    if (lease === undefined) throw new Error("A free lease is taken.");
    const ages: number[] = [];
    for (let check = 0; check < CHECKS; check += 1) {
      const begun = performance.now();
      await checkLease(hub.sql, lease);
      ages.push(performance.now() - begun);
    }
    ages.sort((a, b) => a - b);
    const at = (share: number) => `${ages[Math.floor(share * (CHECKS - 1))]?.toFixed(2)} ms`;
    return (
      "A call begins at most so long after the lease was looked at: " +
      `half of ${CHECKS} within ${at(0.5)}, 99 % within ${at(0.99)}.`
    );
  } finally {
    await hub.close();
  }
}
