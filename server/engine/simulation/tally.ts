/** What can go wrong in a run, or is done in it that makes things hard. In the order of tables. */
export const FAULTS = {
  crash: "an engine dies in the middle of a step",
  die: "an engine dies between two steps",
  stall: "a step is held up while others go on",
  fail: "a connection breaks",
  "lost-answer": "a call is carried out and its answer lost",
  leaseLost: "an engine loses its leases and does not know it",
  pause: "an engine stands still while others take over",
  cut: "every connection to a system is cut",
  orphan: "a target notices late that an engine is dead",
  "told-again": "a source tells again what it told before",
  "outcome-forgotten": "a target cannot tell what became of a call",
  "written-at-once": "a target takes rows one by one, without a transaction",
  late: "a system is connected late",
  publish: "another map is published in the middle",
  steward: "a person decides in the hub",
  automate: "a job sets values back",
  editOnTwoSides: "two sides edit one field at once",
  insertOnAllSides: "one thing is made on several sides at once",
  removeAgainstEdit: "one side deletes what the other edits",
  replace: "a row is made anew under its old id",
  changeKey: "a row gets another id",
  swapKeys: "two rows exchange their ids",
  editTwice: "a value is changed and changed back",
  empty: "all rows of a table are deleted at once",
} as const;
export type Fault = keyof typeof FAULTS;

/** What is checked, with the number of the invariant in DESIGN.md §3. */
export const INVARIANTS = {
  found: "1 every edit is found again",
  seen: "1 a value that loses is named",
  newest: "1 no older edit goes over a newer",
  deleted: "1 who deletes has seen what goes",
  outlived: "1 an edit outlives its record's end",
  mass: "1 many rows gone at once are asked",
  agreed: "2 all agree at rest",
  together: "2 what is decided together is no mix",
  quiet: "3 nothing is written at rest",
  covered: "4 no write over what was not seen",
  doubt: "4 what is in doubt is not taken for certain",
  position: "5 a place never goes back",
  once: "5 an event is told once",
  announced: "6 a write was announced",
  made: "6 for one record one row is made",
  read: "6 nothing is made before the first read",
  matched: "6 what exists is not made again",
  place: "6 one row, one record",
  owner: "10 whoever decides may",
  apart: "10 what is kept apart stays",
  word: "11 a person's word stands",
  parted: "11 what a person parted stays parted",
  live: "12 the live map alone decides",
  replay: "13 the audit log is the hub",
  told: "13 each write has its line",
  phantom: "13 what is taken was put in",
  chain: "15 the chain is whole",
} as const;
export type Invariant = keyof typeof INVARIANTS;

/** What happened in runs, and what was checked while or after it happened. */
export class Tally {
  /** How often each fault happened. */
  readonly struck = new Map<Fault, number>();
  /** Per fault: how many things of each invariant were looked at from then on in the run. */
  readonly checked = new Map<Fault, Map<Invariant, number>>();
  readonly all = new Map<Invariant, number>();

  strike(fault: Fault): void {
    add(this.struck, fault, 1);
  }

  /** So many things were looked at. */
  check(invariant: Invariant, count: number): void {
    if (count === 0) return;
    add(this.all, invariant, count);
    for (const fault of this.struck.keys()) {
      const row = this.checked.get(fault) ?? new Map<Invariant, number>();
      this.checked.set(fault, row);
      add(row, invariant, count);
    }
  }

  /** Adds what another run had. */
  take(other: Tally): void {
    for (const [fault, count] of other.struck) add(this.struck, fault, count);
    for (const [invariant, count] of other.all) add(this.all, invariant, count);
    for (const [fault, row] of other.checked) {
      const own = this.checked.get(fault) ?? new Map<Invariant, number>();
      this.checked.set(fault, own);
      for (const [invariant, count] of row) add(own, invariant, count);
    }
  }
}

function add<K>(counts: Map<K, number>, key: K, count: number): void {
  counts.set(key, (counts.get(key) ?? 0) + count);
}

/** A table of faults × invariants, in Markdown. */
export function tallyTable(tally: Tally): string {
  const faults = Object.keys(FAULTS) as Fault[];
  const invariants = Object.keys(INVARIANTS) as Invariant[];
  const head = ["fault", "times", ...invariants];
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(" | ")} |`;
  const rows = faults.map((fault) => {
    const row = tally.checked.get(fault);
    const cells = invariants.map((invariant) => row?.get(invariant) ?? 0);
    return line([FAULTS[fault], tally.struck.get(fault) ?? 0, ...cells]);
  });
  const total = invariants.map((invariant) => tally.all.get(invariant) ?? 0);
  return [
    line(head),
    line(head.map(() => "---")),
    ...rows,
    line(["in all", "", ...total]),
    "",
    ...invariants.map((invariant) => `- ${invariant}: ${INVARIANTS[invariant]}`),
  ].join("\n");
}

/** Pairs that no run has had: a fault after which an invariant was never looked at. */
export function gapsOf(tally: Tally): string[] {
  const faults = Object.keys(FAULTS) as Fault[];
  return faults.flatMap((fault) => {
    const row = tally.checked.get(fault);
    return (Object.keys(INVARIANTS) as Invariant[])
      .filter((invariant) => (row?.get(invariant) ?? 0) === 0)
      .map((invariant) => `${fault} × ${invariant}`);
  });
}
