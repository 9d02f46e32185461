import type { Figure } from "../figure.ts";

/** What a part is told. */
export type PartOptions = {
  /** 1 is what the bars are meant for; smaller is quicker. */
  readonly scale: number;
  readonly seed: number;
  /** The Northwind script. */
  readonly northwind: string | undefined;
  /** The folder of tables that others have matched by hand. */
  readonly schemaMatching: string | undefined;
  /** A fresh clone runs its tests too, which takes as long as they take. */
  readonly withTests: boolean;
  /** Says what goes on, for whoever waits. */
  readonly say: (line: string) => void;
};

/** One part of the acceptance: brings up what it needs, and takes it down again. */
export type Part = {
  readonly name: string;
  run(options: PartOptions): Promise<Figure[]>;
};
