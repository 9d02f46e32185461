import { STORM, type Weather } from "./faults.ts";
import type { ActWeights } from "./people.ts";

/**
 * What a run is about. One run that tries everything tries each thing seldom: a theme makes some
 * accidents and some habits of systems and people frequent, so that they meet one another.
 */
export type Theme = {
  readonly weather: Weather;
  readonly steps: StepWeights;
  readonly acts: ActWeights;
  /** How readily a fiber goes on: one that reads, one that delivers, one that is held up. */
  readonly pace: { readonly capture: number; readonly delivery: number; readonly stalled: number };
  /** So many fibers go on at most before anything else happens. */
  readonly turnsMax: number;
  /** How likely each system has a habit. */
  readonly habits: Habits;
  /** The list of leads, where nothing is unique, takes part always. */
  readonly withLeads: boolean;
  /** How likely a row's end ends the record, and a record's end its rows. */
  readonly deletes: number;
  /** How often a steward parts rows from their records. */
  readonly parting: number;
  /** Targets keep a call's transaction open however long it takes. */
  readonly patient: boolean;
  /** So many jobs set one field back, each to a value of its own. */
  readonly automations: number;
  /** Two fields are decided together. */
  readonly together: boolean;
  /** Stock is counted: its changes are added up, and every system tells and receives it. */
  readonly counting: boolean;
  /** How likely a binding makes no records, so that its rows may be nobody's. */
  readonly strangers: number;
  /** How often a steward has a system read whole again. */
  readonly rereading: number;
  /** Whoever holds a connection when people go home keeps it. */
  readonly keepsConnections: boolean;
};

export type Habits = {
  readonly forgetful: number;
  readonly atOnce: number;
  readonly repeating: number;
  readonly late: number;
};

/** How often each kind of step is drawn. */
export type StepWeights = {
  readonly resume: number;
  readonly work: number;
  readonly time: number;
  readonly tend: number;
  readonly steward: number;
  readonly doubt: number;
  readonly leaseLost: number;
  readonly cut: number;
  readonly connectLate: number;
  readonly orphan: number;
  readonly die: number;
  readonly publish: number;
  readonly automate: number;
  /** An engine stops for a while and does not know it, or goes on where it was. */
  readonly pause: number;
};

export const STEPS: StepWeights = {
  resume: 22,
  work: 5,
  time: 2,
  tend: 1.5,
  steward: 1.2,
  doubt: 60,
  leaseLost: 0.4,
  cut: 0.4,
  connectLate: 0.3,
  orphan: 0.5,
  die: 0.25,
  publish: 0.3,
  automate: 0,
  pause: 0,
};

export const ACTS: ActWeights = {
  edit: 8,
  editOnTwoSides: 4,
  insert: 2,
  insertOnAllSides: 0,
  remove: 1.5,
  removeAgainstEdit: 0,
  replace: 0.7,
  changeKey: 0.7,
  swapKeys: 0.4,
  editTwice: 1,
  empty: 0.05,
  count: 0,
};

export const ORDINARY: Theme = {
  weather: STORM,
  steps: STEPS,
  acts: ACTS,
  pace: { capture: 1, delivery: 1, stalled: 0.5 },
  turnsMax: 1,
  habits: { forgetful: 0.05, atOnce: 0.02, repeating: 0.25, late: 0.2 },
  withLeads: false,
  deletes: 0.5,
  parting: 0.7,
  patient: false,
  automations: 0,
  together: false,
  counting: false,
  strangers: 0,
  rereading: 0.4,
  keepsConnections: false,
};
