import { setTimeout as pause } from "node:timers/promises";
import { quantile } from "../../bench/measure.ts";
import { checkJournal } from "../checker/check-sandbox.ts";
import type { JournalEntry } from "../checker/journal.ts";
import { readSandbox } from "../checker/sandbox-rows.ts";
import { type Commit, makeCommit } from "../editors/commits.ts";
import { type Figure, noneOf } from "../figure.ts";
import { openSandboxStage, type SandboxStage, type Systems } from "../stage/sandbox-stage.ts";
import { addressesOf, agreementFigures, settleAndCheck } from "../stage/settle.ts";
import type { Part } from "./part.ts";

const PER_SECOND = 50;
const SECONDS = 60;
const P99_MS_MAX = 500;
const LOOK_MS = 10;
const ARRIVAL_MS_MAX = 60_000;

/** In the sandbox an edit in the ERP is in Shop and CRM soon after its commit. */
export const latency: Part = {
  name: "latency",
  async run({ scale, say }) {
    const stage = await openSandboxStage({ engines: ["engine-1"] });
    try {
      const seconds = Math.max(5, Math.round(SECONDS * scale));
      say(`latency: ${PER_SECOND} edits a second for ${seconds} s`);
      const before = await readSandbox(addressesOf(stage));
      const since = Date.now();
      const { journal, latencies, late } = await editPaced(stage, seconds * PER_SECOND);
      const checked = await settleAndCheck(stage);
      const trace = checkJournal(checked, { journal, before, since });
      return [
        latencyFigure(latencies, late),
        noneOf("latency lost", `of ${trace.entries} edits lost or doubled`, [
          ...trace.lost,
          ...trace.doubled,
          ...trace.unexplained,
        ]),
        ...agreementFigures("latency", checked),
      ];
    } finally {
      await stage.stop();
    }
  },
};

function latencyFigure(latencies: readonly number[], late: number): Figure {
  const ms = (share: number) => `${Math.round(quantile(latencies, share))} ms`;
  const count = `${latencies.length} edits, visible in Shop and CRM`;
  const figure = `p50 ${ms(0.5)}, p99 ${ms(0.99)}, worst ${ms(1)} of ${count}`;
  const isMet = late === 0 && quantile(latencies, 0.99) <= P99_MS_MAX;
  const lines = late === 0 ? [] : [`${late} did not arrive within ${ARRIVAL_MS_MAX / 1_000} s`];
  return { name: "latency", figure, bar: `p99 ≤ ${P99_MS_MAX} ms`, isMet, lines };
}

type Waiting = { readonly commit: Commit; readonly since: number; readonly left: Set<Target> };
type Target = "shop" | "crm";

type Measured = {
  readonly journal: readonly JournalEntry[];
  readonly latencies: readonly number[];
  readonly late: number;
};

async function editPaced({ systems, size }: SandboxStage, count: number): Promise<Measured> {
  const mails = await systems.erp<{ mail: string }[]>`
    select lower(email) as mail from customers order by customer_no`;
  const waiting = new Map<string, Waiting>();
  const latencies: number[] = [];
  const journal: JournalEntry[] = [];
  let isDone = false;
  const watching = Promise.all(
    (["shop", "crm"] as const).map(async (target) => {
      while (!isDone || waiting.size > 0) {
        await look(systems, target, { waiting, latencies });
        await pause(LOOK_MS);
        if (isDone && isTooLate(waiting)) return;
      }
    }),
  );
  const started = performance.now();
  for (let index = 0; index < count; index += 1) {
    const early = started + (index * 1_000) / PER_SECOND - performance.now();
    if (early > 1) await pause(early);
    const commit = commitOf(index, size.products, mails[index % mails.length]?.mail ?? "");
    const entry = await makeCommit(systems, commit);
    if (entry === null) throw new Error(`The edit ${JSON.stringify(commit)} changed nothing.`);
    journal.push(entry);
    const since = performance.now();
    waiting.set(markOf(commit), { commit, since, left: new Set(["shop", "crm"]) });
  }
  isDone = true;
  await watching;
  return { journal, latencies, late: waiting.size };
}

/** Names of some products are asked about from the beginning: their prices are edited instead. */
function commitOf(index: number, products: number, mail: string): Commit {
  const place = index % products;
  const key = `P-${String(place + 1).padStart(5, "0")}`;
  const common = { system: "erp", kind: "set" } as const;
  if (index % 3 === 2) {
    const value = `+49 40 ${index}`;
    return { ...common, entity: "customer", field: "phone", key: mail, value };
  }
  const isName = index % 3 === 1 && place % 400 !== 17;
  const [field, value] = isName ? ["name", `Paced ${index}`] : ["price", `${3_000 + index}.75`];
  return { ...common, entity: "product", key, field, value };
}

const markOf = ({ field, value }: Pick<Commit, "field" | "value">) => `${field} ${value}`;

const LOOKS: Readonly<Record<Target, string>> = {
  shop: `select 'price' as field, m.value from unnest($1::text[], $2::text[], $3::text[])
      as m(field, key, value)
      join items on sku = m.key and price_cents = (m.value::numeric * 100)::bigint
      where m.field = 'price'
    union all select 'name', m.value from unnest($1::text[], $2::text[], $3::text[])
      as m(field, key, value) join items on sku = m.key and title = m.value
      where m.field = 'name'
    union all select 'phone', m.value from unnest($1::text[], $2::text[], $3::text[])
      as m(field, key, value) join accounts on lower(email) = m.key and phone = m.value
      where m.field = 'phone'`,
  crm: `select 'price' as field, m.value from unnest($1::text[], $2::text[], $3::text[])
      as m(field, key, value) join catalogue on code = m.key and list_price = m.value::numeric
      where m.field = 'price'
    union all select 'name', m.value from unnest($1::text[], $2::text[], $3::text[])
      as m(field, key, value) join catalogue on code = m.key and name = m.value
      where m.field = 'name'
    union all select 'phone', m.value from unnest($1::text[], $2::text[], $3::text[])
      as m(field, key, value) join contacts on lower(mail) = m.key and phone = m.value
      where m.field = 'phone'`,
};

/** One look for all edits that a system does not show yet. */
async function look(
  systems: Systems,
  target: Target,
  to: { readonly waiting: Map<string, Waiting>; readonly latencies: number[] },
): Promise<void> {
  const open = [...to.waiting.values()].filter(({ left }) => left.has(target));
  if (open.length === 0) return;
  const column = (of: (commit: Commit) => string) => open.map(({ commit }) => of(commit));
  const seen = await systems[target].unsafe<{ field: string; value: string }[]>(LOOKS[target], [
    column(({ field }) => field),
    column(({ key }) => key),
    column(({ value }) => value),
  ]);
  const now = performance.now();
  for (const one of seen) {
    const mark = markOf(one);
    const found = to.waiting.get(mark);
    if (found === undefined) continue;
    found.left.delete(target);
    if (found.left.size > 0) continue;
    to.latencies.push(now - found.since);
    to.waiting.delete(mark);
  }
}

function isTooLate(waiting: ReadonlyMap<string, Waiting>): boolean {
  const now = performance.now();
  return [...waiting.values()].every(({ since }) => now - since > ARRIVAL_MS_MAX);
}
