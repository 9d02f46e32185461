import { CopyButton } from "./copy-button.tsx";

type CodeBlockProps = {
  text: string;
  /** What it is, spoken: "Export file". */
  label: string;
};

/**
 * Text to be read to the letter, and copied.
 *
 * <CodeBlock label="Command" text="npx fieldline why product 4711 price" />
 */
export function CodeBlock({ text, label }: CodeBlockProps) {
  return (
    <figure aria-label={label} className="relative rounded-control border border-rule bg-sunk">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: scrolls sideways, so keys must reach it */}
      <pre tabIndex={0} className="max-h-96 overflow-auto py-2 pr-10 pl-3 type-value">
        {text}
      </pre>
      <div className="absolute top-0.5 right-0.5">
        <CopyButton text={text} label={`Copy ${label.toLowerCase()}`} />
      </div>
    </figure>
  );
}
