import type { ProgressNote, Stage } from "../../core/impact/progress-note.ts";
import { PreviewEnded } from "./alone.ts";

/** Tells how far a preview is, and ends it where somebody wants that. */
export class Progress {
  readonly #tell: (note: ProgressNote) => void;
  readonly #signal: AbortSignal;
  #note: ProgressNote = { stage: "copying", done: 0, of: 0 };

  constructor(signal: AbortSignal, tell: (note: ProgressNote) => void) {
    this.#signal = signal;
    this.#tell = tell;
  }

  begin(stage: Stage, of: number): void {
    this.check();
    this.#note = { stage, done: 0, of };
    this.#tell(this.#note);
  }

  add(count: number): void {
    const { stage, done, of } = this.#note;
    this.#note = { stage, done: done + count, of: Math.max(of, done + count) };
    this.#tell(this.#note);
  }

  /** @throws PreviewEnded */
  check(): void {
    if (this.#signal.aborted) throw new PreviewEnded("The preview was ended.");
  }
}
