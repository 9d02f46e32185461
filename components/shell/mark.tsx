/** The product's mark: three lines that meet at an interchange. */
export function Mark({ size = 24 }: { size?: number }) {
  return (
    <svg viewBox="0 0 24 24" width={size} height={size} aria-hidden className="shrink-0">
      <g fill="none" stroke="currentColor" strokeWidth={2} strokeLinecap="round">
        <path d="M2 5h3.5C8.5 5 8 12 11 12" />
        <path d="M2 19h3.5C8.5 19 8 12 11 12" />
        <path d="M15 12h7" />
      </g>
      <rect x={8.5} y={8.5} width={7} height={7} rx={1.75} fill="currentColor" />
      <rect x={10.75} y={10.75} width={2.5} height={2.5} rx={0.5} fill="var(--enamel)" />
    </svg>
  );
}
