import { scoreWords } from "./score-words.ts";

/** How likely a suggestion is right: in words, as a bar of 40 by 4 px, and as a number. */
export function Score({ score }: { score: number }) {
  return (
    <span className="flex shrink-0 items-center gap-2 type-small text-ink-2">
      {scoreWords(score)}
      <span aria-hidden className="flex h-1 w-10 bg-rule">
        <span className="block h-1 bg-ink-2" style={{ width: `${score * 100}%` }} />
      </span>
      <span className="type-value text-ink">{score.toFixed(2)}</span>
    </span>
  );
}
