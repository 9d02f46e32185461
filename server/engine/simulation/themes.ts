import { STORM, type Weather } from "./faults.ts";
import { ACTS, ORDINARY, STEPS, type Theme } from "./theme.ts";

/** Where an answer gets lost: the call was carried out, and nobody is told. */
const UNANSWERED: Weather["places"] = {
  "write after": { crash: 0.04, fail: 0.12, stall: 0.2 },
  "commit before": { crash: 0.03, fail: 0.05, stall: 0.2 },
  "commit after": { crash: 0.06, fail: 0.25, stall: 0.1 },
};

/** What each theme has otherwise than the ordinary one. */
const THEMES = {
  ordinary: {},
  deletes: {
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
    weather: { ...STORM, places: UNANSWERED },
    acts: { ...ACTS, insert: 6, insertOnAllSides: 1 },
    pace: { capture: 0.3, delivery: 2, stalled: 0.3 },
    habits: { ...ORDINARY.habits, forgetful: 0.5, atOnce: 0.4 },
    steps: { ...STEPS, time: 4, doubt: 6 },
    withLeads: true,
  },
  takeovers: {
    weather: { ...STORM, stall: 0.25 },
    steps: { ...STEPS, leaseLost: 2.5, tend: 4, time: 3, connectLate: 0.6 },
    acts: { ...ACTS, insert: 4, remove: 4, replace: 1.5 },
    pace: { capture: 1, delivery: 1, stalled: 0.06 },
    habits: { ...ORDINARY.habits, forgetful: 0.2, atOnce: 0.3, late: 0.5 },
    withLeads: true,
  },
  twins: {
    steps: { ...STEPS, connectLate: 0.8 },
    acts: { ...ACTS, insertOnAllSides: 6, insert: 3, removeAgainstEdit: 1 },
    habits: { ...ORDINARY.habits, late: 0.7 },
    withLeads: true,
  },
  automations: {
    steps: { ...STEPS, automate: 3 },
    automations: 1,
  },
  wars: {
    steps: { ...STEPS, automate: 3 },
    turnsMax: 4,
    automations: 2,
  },
  redelivery: {
    steps: { ...STEPS, cut: 2, leaseLost: 1 },
    acts: { ...ACTS, remove: 3, replace: 3, editTwice: 4, changeKey: 1.5 },
    habits: { ...ORDINARY.habits, repeating: 1 },
  },
  "at-once": {
    weather: { ...STORM, places: UNANSWERED },
    acts: { ...ACTS, insert: 4, editOnTwoSides: 6 },
    steps: { ...STEPS, doubt: 6 },
    habits: { ...ORDINARY.habits, atOnce: 0.8 },
    withLeads: true,
  },
  forgetful: { habits: { ...ORDINARY.habits, forgetful: 0.6 } },
  deep: { turnsMax: 4 },
  doubt: {
    weather: { ...STORM, places: UNANSWERED },
    acts: { ...ACTS, edit: 10, editOnTwoSides: 6, insert: 1.5 },
    pace: { capture: 0.6, delivery: 2, stalled: 0.4 },
    turnsMax: 8,
    habits: { ...ORDINARY.habits, forgetful: 0.8 },
    deletes: 0.2,
  },
  pauses: {
    weather: {
      ...{ stall: 0.02, crash: 0.004, fail: 0.01 },
      places: { "intents committed": { stall: 0.3, crash: 0, fail: 0 } },
    },
    steps: { ...STEPS, pause: 4, tend: 3, time: 3, work: 7 },
    acts: { ...ACTS, insert: 5, insertOnAllSides: 1, edit: 10 },
    pace: { capture: 1, delivery: 2, stalled: 0.1 },
    turnsMax: 4,
    habits: { ...ORDINARY.habits, forgetful: 0.7, late: 0 },
    withLeads: true,
    patient: true,
  },
  parting: {
    steps: { ...STEPS, steward: 4 },
    acts: { ...ACTS, replace: 6, remove: 0.5 },
    turnsMax: 6,
    deletes: 0.2,
    parting: 8,
  },
  "late-deletes": {
    acts: { ...ACTS, edit: 6, insert: 4, remove: 3, removeAgainstEdit: 6 },
    pace: { capture: 0.5, delivery: 2, stalled: 0.3 },
    turnsMax: 6,
    habits: { forgetful: 0, atOnce: 0, repeating: 0, late: 0 },
    deletes: 1,
  },
  "lost-creates": {
    weather: { ...STORM, places: UNANSWERED },
    acts: { ...ACTS, insert: 8, insertOnAllSides: 3, edit: 3 },
    pace: { capture: 0.5, delivery: 2, stalled: 0.3 },
    turnsMax: 6,
    habits: { forgetful: 0.5, atOnce: 0.5, repeating: 0.1, late: 0 },
    withLeads: true,
  },
  publishing: {
    weather: { ...STORM, stall: 0.2 },
    steps: { ...STEPS, publish: 3, connectLate: 0.5 },
    pace: { capture: 1, delivery: 1, stalled: 0.15 },
    turnsMax: 4,
  },
  standstill: {
    weather: {
      ...{ stall: 0.02, crash: 0.004, fail: 0.03 },
      places: {
        "intents committed": { stall: 0.5, crash: 0, fail: 0 },
        "written, not committed": { stall: 0.3, crash: 0.05, fail: 0 },
        read: { stall: 0.3, crash: 0, fail: 0 },
      },
    },
    steps: { ...STEPS, pause: 5, tend: 4, time: 8, work: 7, die: 0.6 },
    acts: { ...ACTS, insert: 8, remove: 2, edit: 6 },
    pace: { capture: 1, delivery: 2, stalled: 0.06 },
    turnsMax: 8,
    habits: { forgetful: 0.7, atOnce: 0, repeating: 0.2, late: 0 },
    withLeads: true,
    patient: true,
    strangers: 0.2,
    keepsConnections: true,
  },
  counting: {
    weather: {
      ...STORM,
      places: { ...UNANSWERED, "commit before": { crash: 0.05, fail: 0.4, stall: 0.1 } },
    },
    counting: true,
    acts: { ...ACTS, edit: 3, count: 16, insert: 2, insertOnAllSides: 2, remove: 0.3 },
    steps: { ...STEPS, steward: 3 },
    pace: { capture: 0.6, delivery: 2, stalled: 0.4 },
    turnsMax: 8,
    habits: { ...ORDINARY.habits, forgetful: 0.8 },
    deletes: 0.2,
    rereading: 4,
  },
  "slow-deletes": {
    acts: { ...ACTS, edit: 14, insert: 3, remove: 4 },
    pace: { capture: 3, delivery: 0.15, stalled: 0.3 },
    turnsMax: 6,
    habits: { forgetful: 0, atOnce: 0, repeating: 0, late: 0 },
    deletes: 1,
  },
  emptied: {
    acts: { ...ACTS, edit: 2, editOnTwoSides: 1, insert: 14, remove: 0.2, replace: 0, empty: 1 },
    turnsMax: 6,
    deletes: 1,
  },
  together: {
    acts: { ...ACTS, editOnTwoSides: 8, editTwice: 3 },
    steps: { ...STEPS, steward: 2.5, publish: 0.6 },
    together: true,
  },
} as const satisfies Readonly<Record<string, Partial<Theme>>>;
export type ThemeName = keyof typeof THEMES;
export const THEME_NAMES = Object.keys(THEMES) as ThemeName[];

export type NamedTheme = Theme & { readonly name: ThemeName };

export const themeNamed = (name: ThemeName): NamedTheme => ({
  ...ORDINARY,
  ...THEMES[name],
  name,
});

/** What one protection of the engine is there for, and what tells little else: played on demand. */
const APART: readonly ThemeName[] = [
  "pauses",
  "parting",
  "late-deletes",
  "lost-creates",
  "standstill",
  "counting",
  "slow-deletes",
  "emptied",
  "together",
];

/** The theme of a seed, where none is asked for: every third run is an ordinary one. */
export function themeOf(seed: number): NamedTheme {
  // In some of them most systems lose what became of a transaction.
  if (seed % 15 === 0) return themeNamed("forgetful");
  if (seed % 3 === 0) return themeNamed("ordinary");
  const themed = THEME_NAMES.filter(
    (name) => name !== "ordinary" && name !== "forgetful" && !APART.includes(name),
  );
  const turn = Math.floor(seed / 3) * 2 + (seed % 3) - 1;
  return themeNamed(themed[turn % themed.length] ?? "ordinary");
}
