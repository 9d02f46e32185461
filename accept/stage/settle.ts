import { placeOf } from "../../server/sandbox/open-sandbox.ts";
import type { Checked } from "../checker/check-sandbox.ts";
import { checkAgreement } from "../checker/check-sandbox.ts";
import type { Addresses } from "../checker/sandbox-rows.ts";
import { type Figure, noneOf } from "../figure.ts";
import type { Stage } from "./stage.ts";

/** Where the checker finds the sandbox's databases and the hub's. */
export function addressesOf({ url, systemsServer }: Stage): Addresses {
  const of = (system: "erp" | "shop" | "crm") => placeOf(systemsServer.url, system).url;
  return { hub: url, erp: of("erp"), shop: of("shop"), crm: of("crm") };
}

/** Waits until nothing is left to do, and compares the systems. */
export async function settleAndCheck(stage: Stage): Promise<Checked> {
  await stage.untilIdle();
  return await checkAgreement(addressesOf(stage));
}

/** The figures of a comparison, under a part's name. */
export function agreementFigures(name: string, { agreement, log }: Checked): Figure[] {
  const { rows, values, excused, differences, missing, doubled } = agreement;
  const wrong = [...differences, ...missing, ...doubled, ...log.quarantine];
  const asked = excused === 0 ? "" : `, ${excused} under a question or kept apart`;
  return [agreedFigure(name, `${values} values of ${rows} rows`, wrong, asked)];
}

/** What a comparison by plain SQL found wrong. */
export function agreedFigure(
  name: string,
  what: string,
  wrong: readonly string[],
  besides = "",
): Figure {
  const figure = `${what} compared by plain SQL, ${wrong.length} wrong${besides}`;
  const isMet = wrong.length === 0;
  return { name: `${name} agree`, figure, bar: "0 wrong", isMet, lines: wrong };
}

type Verified = {
  readonly rows: number;
  readonly equal: number;
  readonly explained: number;
  readonly unexplained: number;
  readonly audit: { readonly lines: number; readonly problems: readonly string[] };
};

/** `fieldline verify --json`, as a figure. */
export async function verifyFigure(name: string, stage: Stage): Promise<Figure> {
  const { code, out, err } = await stage.run(["verify", "--json"]);
  if (code !== 0 && out === "") {
    return noneOf(`${name} verify`, "errors", [err]);
  }
  const { rows, equal, explained, unexplained, audit } = JSON.parse(out) as Verified;
  const counts = `${rows} rows, ${equal} equal values, ${explained} explained`;
  const figure = `${counts}, ${unexplained} unexplained; ${audit.lines} audit lines in order`;
  const isMet = code === 0 && unexplained === 0 && audit.problems.length === 0;
  return { name: `${name} verify`, figure, bar: "0 unexplained, exit 0", isMet };
}
