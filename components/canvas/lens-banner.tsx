"use client";

import { Banner } from "../ui/banner.tsx";
import { Button } from "../ui/button.tsx";
import { useEditor } from "./editor-context.ts";
import { hiddenCounts } from "./lens.ts";

/** While something is hidden: how much, and the way to see it. */
export function LensBanner() {
  const { document, entity, lens, setLens } = useEditor();
  if (!lens.unmappedOnly) return null;
  const { fields, columns } = hiddenCounts({ document, entity });
  return (
    <Banner
      title="Unmapped only"
      actions={
        <Button size="sm" onClick={() => setLens({ ...lens, unmappedOnly: false })}>
          Show everything
        </Button>
      }
    >
      {`Hidden: ${counted(fields, "field")} that every system has, ` +
        `and ${counted(columns, "column")} that lead to a field.`}
    </Banner>
  );
}

function counted(count: number, noun: string): string {
  return count === 1 ? `1 ${noun}` : `${count} ${noun}s`;
}
