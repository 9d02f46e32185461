import { durationWords } from "./run-words.ts";

type DurationBarProps = {
  seconds: number;
  usual: { readonly median: number; readonly p95: number } | null;
};

const WIDTH = 56;
const HEIGHT = 12;

/** A run's length as a tick against the band in which such runs usually end. */
export function DurationBar({ seconds, usual }: DurationBarProps) {
  if (usual === null) return <span aria-hidden className="w-14 shrink-0" />;
  const end = Math.max(seconds, usual.p95) * 1.1;
  const place = (value: number) => (value / Math.max(end, Number.EPSILON)) * WIDTH;
  const words = `Usually ${durationWords(usual.median)} to ${durationWords(usual.p95)}`;
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} width={WIDTH} height={HEIGHT} className="shrink-0">
      <title>{words}</title>
      <path d={`M0 6h${WIDTH}`} stroke="var(--rule)" strokeWidth={2} />
      <rect
        x={place(usual.median)}
        y={3}
        width={Math.max(2, place(usual.p95) - place(usual.median))}
        height={6}
        fill="var(--rule-strong)"
        opacity={0.5}
      />
      <path d={`M${place(seconds)} 0v${HEIGHT}`} stroke="var(--ink)" strokeWidth={2} />
    </svg>
  );
}
