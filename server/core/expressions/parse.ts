import { type ASTNode, Environment, ParseError } from "@marcbachmann/cel-js";
import { LIMITS } from "../limits.ts";

export type Node = ASTNode;

/** What is wrong with an expression: a sentence, and the characters that it is about. */
export type ExpressionProblem = {
  readonly message: string;
  readonly from: number;
  readonly to: number;
};

/** Found while an expression is read or compiled; it never leaves this room. */
export class Fault extends Error {
  override readonly name = "Fault";
  readonly problem: ExpressionProblem;
  constructor(message: string, { start, end }: { readonly start: number; readonly end: number }) {
    super(message);
    this.problem = { message, from: start, to: end };
  }
}

/** Only its grammar is used: which names and functions there are is said here, with our types. */
const GRAMMAR = new Environment({
  unlistedVariablesAreDyn: true,
  limits: {
    maxAstNodes: LIMITS.expressionNodesMax,
    maxDepth: LIMITS.expressionDepthMax,
    maxListElements: 100,
    maxMapEntries: 1,
    maxCallArguments: 4,
  },
});

/** The tree of an expression, in the syntax of CEL. @throws Fault where it is none */
export function parseExpression(text: string): Node {
  try {
    return GRAMMAR.parse(text).ast;
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    const range = error.range ?? { start: 0, end: text.length };
    throw new Fault(sentence(error), range);
  }
}

function sentence({ code, summary }: ParseError): string {
  if (code === "limit_exceeded") return "The expression is too long or too deep. Make it simpler.";
  if (summary.includes("EOF")) return "Something is missing at the end.";
  return `${summary.replaceAll("'", '"').replace(/\.$/, "")}.`;
}

/** Line and column of a place, from 1, for people. */
export function placeIn(text: string, at: number): { line: number; column: number } {
  const lines = text.slice(0, at).split("\n");
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}
