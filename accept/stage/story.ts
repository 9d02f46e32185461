import { type Checked, checkJournal } from "../checker/check-sandbox.ts";
import type { JournalEntry } from "../checker/journal.ts";
import type { SystemRows } from "../checker/sandbox-rows.ts";
import { type Figure, noneOf } from "../figure.ts";
import type { Decided } from "./decide-queue.ts";
import type { SandboxStage } from "./sandbox-stage.ts";

/** What every system has from the beginning: only that can be edited in each of them. */
export async function keysOf({
  systems,
}: SandboxStage): Promise<{ skus: string[]; mails: string[] }> {
  const skus = await systems.crm<{ key: string }[]>`select code as key from catalogue order by 1`;
  const mails = await systems.crm<{ key: string }[]>`
    select lower(mail) as key from contacts order by 1`;
  return { skus: skus.map(({ key }) => key), mails: mails.map(({ key }) => key) };
}

/** What people did, and when they began. */
export type Story = {
  readonly journal: readonly JournalEntry[];
  readonly before: readonly SystemRows[];
  readonly since: number;
};

/**
 * What became of every edit: under a part's name.
 * @param lostBefore what was found lost before the questions were decided
 */
export function storyFigures(
  name: string,
  checked: Checked,
  story: Story,
  lostBefore: readonly string[],
): Figure[] {
  const trace = checkJournal(checked, story);
  const lost = [...new Set([...lostBefore, ...trace.lost])];
  return [
    noneOf(`${name} lost`, `of ${trace.entries} edits lost`, lost),
    noneOf(`${name} doubled`, "effects, records or rows doubled", [
      ...trace.doubled,
      ...checked.agreement.doubled,
    ]),
    noneOf(
      `${name} explained`,
      "hub values that the audit log does not lead to",
      trace.unexplained,
    ),
    countFigure(name, checked, story),
  ];
}

/** Exactly the rows that were there, and those that people made: no more and no fewer. */
function countFigure(name: string, { rows }: Checked, { journal, before }: Story): Figure {
  const made = journal.filter(({ kind }) => kind === "insert");
  const lines: string[] = [];
  const words: string[] = [];
  for (const entity of ["product", "customer"] as const) {
    const hub = before.find((one) => one.entity === entity && one.system === "hub");
    const added = new Set(made.flatMap((one) => (one.entity === entity ? [one.key] : [])));
    const expected = (hub?.rows.size ?? 0) + added.size;
    words.push(`${expected} ${entity}s`);
    for (const { system, rows: found } of rows.filter((one) => one.entity === entity)) {
      if (found.size !== expected)
        lines.push(`${system} has ${found.size} of ${expected} ${entity}s`);
    }
  }
  const figure = `${words.join(" and ")} in every system, ${lines.length} wrong`;
  return { name: `${name} counts`, figure, bar: "0 wrong", isMet: lines.length === 0, lines };
}

export function queueFigure(name: string, queue: Decided, { log }: Checked): Figure {
  const lines = [...queue.refused, ...log.questions.map(({ key, field }) => `${key} ${field}`)];
  const figure = `${queue.decided} questions decided, ${log.questions.length} open afterwards`;
  return { name: `${name} queue`, figure, bar: "0 open", isMet: lines.length === 0, lines };
}
