/** What a preview does one after the other. */
export type Stage = "copying" | "deciding" | "planning";

export type ProgressNote = {
  readonly stage: Stage;
  /** Rows; how many there are is what is known by now. */
  readonly done: number;
  readonly of: number;
};
