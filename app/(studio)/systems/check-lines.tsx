import { Lamp } from "../../../components/ui/lamp.tsx";

type Line = { readonly label: string; readonly ok: boolean; readonly detail: string };

/** The result of a live test, line by line; the first that fails is the last. */
export function CheckLines({ lines }: { lines: readonly Line[] }) {
  return (
    <ol className="flex flex-col">
      {lines.map((line) => (
        <li
          key={line.label}
          className="flex items-start gap-3 border-rule border-b px-4 py-2 last:border-b-0"
        >
          <Lamp state={line.ok ? "ok" : "failed"} className="mt-0.5" />
          <div className="min-w-0">
            <div className="type-label">{line.label}</div>
            {line.detail !== "" && (
              <div className="type-small text-ink-2 break-words">{line.detail}</div>
            )}
          </div>
        </li>
      ))}
    </ol>
  );
}
