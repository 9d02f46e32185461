/** What every control that takes text has in common: height, border, focus, error. */
export const CONTROL =
  "h-8 w-full min-w-0 rounded-control border border-rule-strong bg-panel px-2 text-ink " +
  "transition-colors hover:border-ink-2 focus-visible:outline-offset-0 " +
  "data-invalid:border-fail aria-invalid:border-fail " +
  "disabled:bg-sunk disabled:text-ink-3 data-disabled:bg-sunk data-disabled:text-ink-3 " +
  "[&[readonly]]:bg-sunk";

/** One choice in a list that floats: select, combobox, menu, palette. */
export const OPTION =
  "flex min-h-7 cursor-default items-center gap-2 rounded-control px-2 py-1 type-body " +
  "outline-none select-none data-highlighted:bg-sunk data-selected:font-[550] " +
  "data-disabled:text-ink-3";

/** The surface such a list floats on. */
export const POPUP =
  "floating max-h-(--available-height) min-w-(--anchor-width) overflow-y-auto p-1 outline-none " +
  "transition-opacity data-starting-style:opacity-0 data-ending-style:opacity-0";
