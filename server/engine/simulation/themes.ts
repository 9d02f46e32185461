import { STORM, type Weather } from "./faults.ts";
import type { ActWeights } from "./people.ts";

/**
 * What a run is about. One run that tries everything tries each thing seldom: a theme makes some
 * accidents and some habits of systems and people frequent, so that they meet one another.
 */
export type Theme = {
  readonly name: ThemeName;
  readonly weather: Weather;
  readonly steps: StepWeights;
  readonly acts: ActWeights;
  /** How readily a fiber goes on: one that reads, one that delivers, one that is held up. */
  readonly pace: { readonly capture: number; readonly delivery: number; readonly stalled: number };
  /** How likely each system has a habit. */
  readonly habits: Habits;
  /** The list of leads, where nothing is unique, takes part always. */
  readonly withLeads: boolean;
  /** How likely a row's end ends the record, and a record's end its rows. */
  readonly deletes: number;
  /** At most so many automations set values back. */
  readonly automationsMax: number;
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
};

export const THEME_NAMES = [
  "ordinary",
  "deletes",
  "lost-answers",
  "takeovers",
  "twins",
  "automations",
  "redelivery",
  "at-once",
] as const;
export type ThemeName = (typeof THEME_NAMES)[number];

const STEPS: StepWeights = {
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
};

const ACTS: ActWeights = {
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
};

const ORDINARY: Theme = {
  name: "ordinary",
  weather: STORM,
  steps: STEPS,
  acts: ACTS,
  pace: { capture: 1, delivery: 1, stalled: 0.5 },
  habits: { forgetful: 0.05, atOnce: 0.02, repeating: 0.25, late: 0.2 },
  withLeads: false,
  deletes: 0.5,
  automationsMax: 0,
};

/** Where an answer gets lost: the call was carried out, and nobody is told. */
const UNANSWERED: Weather["places"] = {
  "write after": { crash: 0.04, fail: 0.12, stall: 0.2 },
  "commit before": { crash: 0.03, fail: 0.05, stall: 0.2 },
  "commit after": { crash: 0.06, fail: 0.25, stall: 0.1 },
};

const THEMES: Readonly<Record<ThemeName, Theme>> = {
  ordinary: ORDINARY,
  deletes: {
    ...ORDINARY,
    name: "deletes",
    acts: {
      ...ACTS,
      edit: 4,
      insert: 3,
      remove: 1,
      removeAgainstEdit: 8,
      replace: 1.5,
      empty: 0.5,
    },
    pace: { capture: 0.5, delivery: 1.5, stalled: 0.3 },
    deletes: 0.9,
  },
  "lost-answers": {
    ...ORDINARY,
    name: "lost-answers",
    weather: { ...STORM, places: UNANSWERED },
    acts: { ...ACTS, insert: 6, insertOnAllSides: 1 },
    pace: { capture: 0.3, delivery: 2, stalled: 0.3 },
    habits: { ...ORDINARY.habits, forgetful: 0.5, atOnce: 0.4 },
    steps: { ...STEPS, time: 4, doubt: 6 },
    withLeads: true,
  },
  takeovers: {
    ...ORDINARY,
    name: "takeovers",
    weather: { ...STORM, stall: 0.25 },
    steps: { ...STEPS, leaseLost: 2.5, tend: 4, time: 3, connectLate: 0.6 },
    acts: { ...ACTS, insert: 4, remove: 4, replace: 1.5 },
    pace: { capture: 1, delivery: 1, stalled: 0.06 },
    habits: { ...ORDINARY.habits, forgetful: 0.2, atOnce: 0.3, late: 0.5 },
    withLeads: true,
  },
  twins: {
    ...ORDINARY,
    name: "twins",
    steps: { ...STEPS, connectLate: 0.8 },
    acts: { ...ACTS, insertOnAllSides: 6, insert: 3, removeAgainstEdit: 1 },
    habits: { ...ORDINARY.habits, late: 0.7 },
    withLeads: true,
  },
  automations: {
    ...ORDINARY,
    name: "automations",
    steps: { ...STEPS, automate: 3 },
    automationsMax: 1,
  },
  redelivery: {
    ...ORDINARY,
    name: "redelivery",
    steps: { ...STEPS, cut: 2, leaseLost: 1 },
    acts: { ...ACTS, remove: 3, replace: 3, editTwice: 4, changeKey: 1.5 },
    habits: { ...ORDINARY.habits, repeating: 1 },
  },
  "at-once": {
    ...ORDINARY,
    name: "at-once",
    weather: { ...STORM, places: UNANSWERED },
    acts: { ...ACTS, insert: 4, editOnTwoSides: 6 },
    steps: { ...STEPS, doubt: 6 },
    habits: { ...ORDINARY.habits, atOnce: 0.8 },
    withLeads: true,
  },
};

export const themeNamed = (name: ThemeName): Theme => THEMES[name];

/** The theme of a seed, where none is asked for: every third run is an ordinary one. */
export function themeOf(seed: number): Theme {
  const themed = THEME_NAMES.filter((name) => name !== "ordinary");
  if (seed % 3 === 0) return forgetting(seed);
  const turn = Math.floor(seed / 3) * 2 + (seed % 3) - 1;
  return THEMES[themed[turn % themed.length] ?? "ordinary"];
}

/** In some of the ordinary runs most systems lose what became of a transaction. */
function forgetting(seed: number): Theme {
  if (seed % 5 !== 0) return ORDINARY;
  return { ...ORDINARY, habits: { ...ORDINARY.habits, forgetful: 0.6 } };
}
