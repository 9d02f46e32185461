import type { Stage } from "../stage/stage.ts";
import type { Expected } from "./edits.ts";

type Question = {
  readonly id: string;
  readonly revision: number;
  readonly field: string | null;
  readonly candidates: readonly { readonly from: string; readonly value: unknown }[];
};

export type Answered = {
  readonly expected: readonly Expected[];
  readonly problems: readonly string[];
};

/**
 * Answers the open questions about company names by `fieldline resolve`, in every way there is, and
 * tells what both databases must hold then. A question answered as it was not shown is refused.
 */
export async function answerQuestions(stage: Stage, asked: readonly string[]): Promise<Answered> {
  const { out } = await stage.fieldline(["conflicts", "--json"]);
  const open = JSON.parse(out) as readonly Question[];
  const expected: Expected[] = [];
  const problems: string[] = [];
  for (const [index, code] of asked.entries()) {
    const question = open.find(({ candidates }) =>
      candidates.some(({ value }) => value === `There ${code}` || value === `Here ${code}`),
    );
    if (question === undefined) {
      problems.push(`nothing is asked about the name of ${code}`);
      continue;
    }
    const early = ["--revision", String(question.revision + 1), "--keep"];
    const refused = await stage.fieldline(["resolve", question.id, ...early]);
    if (refused.code !== 4) problems.push(`an answer to nothing shown ended with ${refused.code}`);
    const { words, value } = answerOf(code, index);
    const seen = ["--revision", String(question.revision)];
    const told = await stage.fieldline(["resolve", question.id, ...seen, ...words]);
    if (told.code !== 0) problems.push(`${words.join(" ")} for ${code}: ${told.err}`);
    expected.push(...bothHold(code, value));
  }
  const more = open.length - asked.length;
  if (more > 0) problems.push(`${more} more questions are open`);
  return { expected, problems };
}

function answerOf(code: string, index: number): { words: string[]; value: string } {
  const answers = [
    { words: ["--take", "erp"], value: `Here ${code}` },
    { words: ["--take", "shop"], value: `There ${code}` },
    { words: ["--value", `Decided ${code}`, "--note", "by hand"], value: `Decided ${code}` },
  ];
  return answers[index % answers.length] ?? { words: ["--keep"], value: "" };
}

function bothHold(code: string, value: string): Expected[] {
  const query = {
    erp: `select "CompanyName" from "Customers" where "CustomerID" = $1`,
    shop: "select company from clients where code = $1",
  };
  return (["erp", "shop"] as const).map((side) => ({
    ...{ what: `the name of ${code} in the ${side}`, side, query: query[side], of: [code], value },
  }));
}
