/** A stretch of one side of a difference. */
export type DiffPart = { readonly text: string; readonly changed: boolean };

export type TextDiff = {
  readonly before: readonly DiffPart[];
  readonly after: readonly DiffPart[];
};

/** Largest table of the exact comparison; above it everything between the ends is "changed". */
const CELLS_MAX = 250_000;

/** A common stretch shorter than this between two changes is noise: it reads as changed. */
const COMMON_MIN = 2;

/**
 * What differs between two texts, character by character (by code point, so that no emoji is cut
 * in half). Joined, the parts of each side are that side again.
 *
 * ("Rue 12", "Rue 14") => before: Rue 1|2, after: Rue 1|4
 */
export function diffText(before: string, after: string): TextDiff {
  const a = [...before];
  const b = [...after];
  const head = commonHead(a, b);
  const tail = commonTail(a, b, head);
  const pairs = matchMiddle(a.slice(head, a.length - tail), b.slice(head, b.length - tail));
  const keptA = new Set<number>();
  const keptB = new Set<number>();
  for (const [i, j] of pairs) {
    keptA.add(head + i);
    keptB.add(head + j);
  }
  return { before: parts(a, head, tail, keptA), after: parts(b, head, tail, keptB) };
}

function commonHead(a: readonly string[], b: readonly string[]): number {
  const end = Math.min(a.length, b.length);
  let head = 0;
  while (head < end && a[head] === b[head]) head += 1;
  return head;
}

function commonTail(a: readonly string[], b: readonly string[], head: number): number {
  const end = Math.min(a.length, b.length) - head;
  let tail = 0;
  while (tail < end && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail += 1;
  return tail;
}

type Pair = readonly [number, number];

/** Pairs of places that hold the same character: a longest common subsequence, without noise. */
function matchMiddle(a: readonly string[], b: readonly string[]): Pair[] {
  if (a.length === 0 || b.length === 0 || a.length * b.length > CELLS_MAX) return [];
  const width = b.length + 1;
  const lengths = new Uint16Array((a.length + 1) * width);
  const at = (i: number, j: number) => lengths[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      lengths[i * width + j] =
        a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  return withoutNoise(walk(a, b, at));
}

function walk(
  a: readonly string[],
  b: readonly string[],
  at: (i: number, j: number) => number,
): Pair[] {
  const pairs: Pair[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) {
      pairs.push([i, j]);
      i += 1;
      j += 1;
    } else if (at(i + 1, j) >= at(i, j + 1)) i += 1;
    else j += 1;
  }
  return pairs;
}

/** Drops stretches of matches that are too short to mean anything. */
function withoutNoise(pairs: readonly Pair[]): Pair[] {
  const kept: Pair[] = [];
  let run: Pair[] = [];
  const close = () => {
    if (run.length >= COMMON_MIN) kept.push(...run);
    run = [];
  };
  for (const pair of pairs) {
    const last = run.at(-1);
    if (last !== undefined && (pair[0] !== last[0] + 1 || pair[1] !== last[1] + 1)) close();
    run.push(pair);
  }
  close();
  return kept;
}

function parts(
  side: readonly string[],
  head: number,
  tail: number,
  kept: ReadonlySet<number>,
): DiffPart[] {
  const found: { text: string; changed: boolean }[] = [];
  side.forEach((character, index) => {
    const changed = index >= head && index < side.length - tail && !kept.has(index);
    const last = found.at(-1);
    if (last?.changed === changed) last.text += character;
    else found.push({ text: character, changed });
  });
  return found;
}

/** Of a long beginning in common, about this much is kept beside the first change. */
const CONTEXT_CHARACTERS = 12;

/**
 * A difference for a place with little room: both sides begin shortly before they differ. Long
 * names mostly change at their ends, which would be cut off.
 *
 * ("Licensed Bamboo Shirt XM4", "Licensed Bamboo Shirt XM4, blue")
 *   => "… Shirt XM4", "… Shirt XM4, blue"
 */
export function abridge({ before, after }: TextDiff): TextDiff {
  const [left, right] = [before[0], after[0]];
  if (left === undefined || right === undefined || left.changed || right.changed) {
    return { before, after };
  }
  const head = Math.min(left.text.length, right.text.length);
  const near = head - CONTEXT_CHARACTERS;
  const word = left.text.indexOf(" ", near);
  const cut = word >= near && word < head ? word : near;
  // Fewer characters are not worth the dots that stand for them.
  if (cut < CONTEXT_CHARACTERS / 2 || before.length + after.length === 2) return { before, after };
  return { before: withoutHead(before, cut), after: withoutHead(after, cut) };
}

function withoutHead([first, ...rest]: readonly DiffPart[], cut: number): DiffPart[] {
  const text = first?.text ?? "";
  const isInside = /[\uDC00-\uDFFF]/.test(text.charAt(cut));
  return [{ text: `…${text.slice(isInside ? cut + 1 : cut)}`, changed: false }, ...rest];
}
