import type { ReactNode } from "react";
import type { Level } from "../zoom-level.ts";

type FarFaceProps = {
  level: Level;
  mark: ReactNode;
  name: string;
  note: string;
};

/** What a box shows from afar, large enough to be read there: its mark and name, or the mark. */
export function FarFace({ level, mark, name, note }: FarFaceProps) {
  if (level === "bullets") {
    return (
      <span className="flex size-full items-center justify-center">
        <span className="scale-[3]">{mark}</span>
      </span>
    );
  }
  return (
    <span className="flex size-full min-w-0 items-center gap-4 px-2">
      {mark}
      <span className="flex min-w-0 flex-col">
        <span className="truncate type-display">{name}</span>
        <span className="type-title text-ink-2">{note}</span>
      </span>
    </span>
  );
}
