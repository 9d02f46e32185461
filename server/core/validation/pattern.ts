import { PatternError, type PatternNode, parsePattern } from "./pattern-syntax.ts";

export type Pattern =
  | { readonly ok: true; test(text: string): boolean }
  | { readonly ok: false; readonly message: string };

/** Most parts, repetitions counted out: (a{1,999}){1,999} has more. */
const PARTS_MAX = 5_000;

/**
 * Makes a test of a whole text from a regular expression (Unicode rules).
 *
 * The built-in engine can take for ever on a pattern such as (a+)+b, and one value would then stop
 * everything. So it only judges single characters here, and we follow all ways through the pattern
 * at once: the time grows with the text's length and nothing else. What that cannot do
 * (look-arounds, back-references) is refused.
 */
export function compilePattern(source: string): Pattern {
  try {
    new RegExp(source, "u");
    const node = parsePattern(source);
    if (isQuick(node)) {
      const expression = new RegExp(`^(?:${source})$`, "u");
      return { ok: true, test: (text) => expression.test(text) };
    }
    const program = toProgram(node);
    return { ok: true, test: (text) => run(program, text) };
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof PatternError)) throw error;
    const reason = error.message.slice(error.message.lastIndexOf("/u: ") + 1).replace("u: ", "");
    return { ok: false, message: `This pattern cannot be used: ${reason}.` };
  }
}

/**
 * A row of characters of which at most one repeats openly: the built-in engine has then nothing to
 * try again, and is faster.
 */
function isQuick(node: PatternNode): boolean {
  const [row, other] = node.kind === "choice" ? node.options : [node];
  if (other !== undefined || row?.kind !== "sequence") return false;
  const repeats = row.items.filter((item) => item.kind === "repeat");
  const isFlat = row.items.every(({ kind }) => kind !== "choice" && kind !== "sequence");
  const isOfCharacters = repeats.every(({ item }) => item.kind === "character");
  return isFlat && isOfCharacters && repeats.filter(({ min, max }) => min !== max).length < 2;
}

/** One step; `other` and `to` are indexes of steps. */
type Instruction =
  | { readonly op: "character"; readonly test: (character: string) => boolean }
  | { readonly op: "assert"; readonly what: "^" | "$" | "\\b" | "\\B" }
  | { readonly op: "split"; other: number }
  | { readonly op: "jump"; to: number }
  | { readonly op: "end" };

/** `partCount` counts the empty ones too: ((){999}){999} is long work for no step. */
type Program = { readonly steps: Instruction[]; partCount: number };

function toProgram(node: PatternNode): readonly Instruction[] {
  const program: Program = { steps: [], partCount: 0 };
  emit(program, node);
  program.steps.push({ op: "end" });
  return program.steps;
}

function emit(program: Program, node: PatternNode): void {
  program.partCount += 1;
  if (program.partCount > PARTS_MAX) throw new PatternError("it repeats too much");
  switch (node.kind) {
    case "character":
      program.steps.push({ op: "character", test: characterTest(node.source) });
      return;
    case "assert":
      program.steps.push({ op: "assert", what: node.what });
      return;
    case "sequence":
      for (const item of node.items) emit(program, item);
      return;
    case "choice":
      emitChoice(program, node.options);
      return;
    case "repeat":
      emitRepeat(program, node);
      return;
  }
}

function emitChoice(program: Program, options: readonly PatternNode[]): void {
  const ends: { to: number }[] = [];
  for (const [index, option] of options.entries()) {
    if (index === options.length - 1) {
      emit(program, option);
      break;
    }
    const split: Instruction = { op: "split", other: 0 };
    const end: Instruction = { op: "jump", to: 0 };
    program.steps.push(split);
    emit(program, option);
    program.steps.push(end);
    ends.push(end);
    split.other = program.steps.length;
  }
  for (const end of ends) end.to = program.steps.length;
}

function emitRepeat(
  program: Program,
  { item, min, max }: Extract<PatternNode, { kind: "repeat" }>,
): void {
  for (let count = 0; count < min; count += 1) emit(program, item);
  if (max === Number.POSITIVE_INFINITY) {
    const start = program.steps.length;
    const split: Instruction = { op: "split", other: 0 };
    program.steps.push(split);
    emit(program, item);
    program.steps.push({ op: "jump", to: start });
    split.other = program.steps.length;
    return;
  }
  const splits: { other: number }[] = [];
  for (let count = min; count < max; count += 1) {
    const split: Instruction = { op: "split", other: 0 };
    program.steps.push(split);
    splits.push(split);
    emit(program, item);
  }
  for (const split of splits) split.other = program.steps.length;
}

/** Asks the built-in engine once per ASCII character, and again for each other one it meets. */
function characterTest(source: string): (character: string) => boolean {
  const expression = new RegExp(`^(?:${source})$`, "u");
  const ascii = Array.from({ length: 128 }, (_, code) =>
    expression.test(String.fromCharCode(code)),
  );
  return (character) => ascii[character.charCodeAt(0)] ?? expression.test(character);
}

function run(program: readonly Instruction[], text: string): boolean {
  const seenAt = new Int32Array(program.length).fill(-1);
  let active = follow(program, [0], text, 0, seenAt);
  let at = 0;
  while (at < text.length && active.length > 0) {
    const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
    const starts: number[] = [];
    for (const index of active) {
      const step = program[index];
      if (step?.op === "character" && step.test(character)) starts.push(index + 1);
    }
    at += character.length;
    active = follow(program, starts, text, at, seenAt);
  }
  return at >= text.length && active.includes(program.length - 1);
}

/** All steps that wait for a character (or the end) when the text was read up to `at`. */
function follow(
  program: readonly Instruction[],
  starts: number[],
  text: string,
  at: number,
  seenAt: Int32Array,
): number[] {
  const waiting: number[] = [];
  const stack = starts;
  for (let index = stack.pop(); index !== undefined; index = stack.pop()) {
    if (seenAt[index] === at) continue;
    seenAt[index] = at;
    const ways = waysOn(program, index, text, at);
    if (ways === null) waiting.push(index);
    else stack.push(...ways);
  }
  return waiting;
}

/** Where a step leads without taking a character; null when it waits for one, or for the end. */
function waysOn(
  program: readonly Instruction[],
  index: number,
  text: string,
  at: number,
): readonly number[] | null {
  const step = program[index];
  switch (step?.op) {
    case "jump":
      return [step.to];
    case "split":
      return [step.other, index + 1];
    case "assert":
      return holds(step.what, text, at) ? [index + 1] : [];
    default:
      return null;
  }
}

function holds(what: "^" | "$" | "\\b" | "\\B", text: string, at: number): boolean {
  if (what === "^") return at === 0;
  if (what === "$") return at === text.length;
  const isEdge = isWord(text.charAt(at - 1)) !== isWord(text.charAt(at));
  return isEdge === (what === "\\b");
}

function isWord(character: string): boolean {
  return /^\w$/.test(character);
}
