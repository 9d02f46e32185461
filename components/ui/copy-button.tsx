"use client";

import { useState } from "react";
import { IconButton } from "./icon-button.tsx";

type CopyButtonProps = {
  text: string;
  /** What is copied: "Copy record id". */
  label?: string | undefined;
};

const CONFIRM_MS = 1_500;

/**
 * Copies text and says that it did.
 *
 * <CopyButton text={record.id} label="Copy record id" />
 */
export function CopyButton({ text, label = "Copy" }: CopyButtonProps) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), CONFIRM_MS);
  };
  return (
    <>
      <IconButton
        icon={copied ? "check" : "copy"}
        label={copied ? "Copied" : label}
        size="sm"
        onClick={() => void copy()}
      />
      <span role="status" className="sr-only">
        {copied ? "Copied" : ""}
      </span>
    </>
  );
}
