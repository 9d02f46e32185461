"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { Button } from "../../../components/ui/button.tsx";
import type { Inputs } from "../../../server/api/root.ts";

// What waits is looked at first, and mostly alone.
const LetBeDialog = dynamic(() => import("./let-be-dialog.tsx").then((part) => part.LetBeDialog));

/** The way to what people have let be. */
export function LetBeButton({ asked }: { asked: Inputs["quarantine"]["letBe"] }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>Let be …</Button>
      {isOpen && <LetBeDialog asked={asked} open onOpenChange={setOpen} />}
    </>
  );
}
