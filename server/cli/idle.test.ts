import { describe, expect, test } from "vitest";
import type { Activity, CaptureFacts } from "../storage/screens/command-line.ts";
import { type Expected, Measurements, whyBusy } from "./idle.ts";

const CAPTURE: CaptureFacts = {
  ...{ system: "erp", lagBytes: 120, lagSeconds: 0, movedAt: "1", pulse: "1" },
  ...{ shapes: { products: "x" }, loaded: { products: "0" }, comparing: null },
};
const IDLE: Activity = {
  ...{ engines: 1, captures: [CAPTURE], deliveries: [], leases: [], loading: 0, waiting: 0 },
  ...{ conflicts: 3, quarantine: 2 },
};
const EXPECTED: Expected = {
  objects: new Map([["erp", new Map([["products", "x"]])]]),
  ...{ readingPaused: new Set(), writingPaused: new Set(), drifted: new Set() },
  failing: new Map(),
};

describe("the hub is busy while", () => {
  const capture = (changes: Partial<CaptureFacts>) => ({
    ...IDLE,
    captures: [{ ...CAPTURE, ...changes }],
  });
  const delivery = (changes: object) => ({
    ...IDLE,
    deliveries: [{ system: "shop", due: 0, sent: 0, parked: 0, ...changes }],
  });

  test.each<[string, Activity, string]>([
    ["no engine runs", { ...IDLE, engines: 0 }, 'No engine is running. "npm start" starts one.'],
    ["an object is not read", { ...IDLE, captures: [] }, "erp products has not been read"],
    ["an object was read by other edges", capture({ shapes: { products: "y" } }), "has not been"],
    [
      "a system is compared",
      capture({ comparing: { because: "log", detail: "Slot s is gone.", since: "1" } }),
      "erp is being compared. Slot s is gone.",
    ],
    ["a reader is behind", capture({ lagSeconds: 3 }), "erp has changes that are not read yet"],
    ["nobody knows how far", capture({ lagSeconds: null }), "erp has changes that are not read"],
    ["much of the log lies ahead", capture({ lagBytes: 9e6 }), "(9000000 bytes)"],
    ["records are due", delivery({ due: 4 }), "4 records are due to shop."],
    ["writes are not confirmed", delivery({ sent: 1 }), "1 writes to shop are not confirmed"],
    ["a first read runs", { ...IDLE, loading: 1 }, "1 first reads are under way."],
    [
      "a lease has no holder",
      { ...IDLE, leases: [{ partition: "capture:erp", engine: "a", isHeld: false }] },
      "Nobody works on capture:erp since its engine stopped.",
    ],
  ])("%s", (_what, activity, sentence) => {
    expect(whyBusy(activity, EXPECTED).join("\n")).toContain(sentence);
  });

  test("a system does not work", () => {
    const failing = new Map([["erp", "No route to host."]]);
    expect(whyBusy(IDLE, { ...EXPECTED, failing })).toEqual([
      "erp does not work: No route to host.",
    ]);
  });
});

describe("the hub is idle although", () => {
  test("people have questions to answer", () => {
    expect(whyBusy(IDLE, EXPECTED)).toEqual([]);
  });

  test("a paused system is behind, or waits for its writes", () => {
    const activity = {
      ...{ ...IDLE, captures: [{ ...CAPTURE, lagSeconds: 99 }] },
      deliveries: [{ system: "shop", due: 4, sent: 0, parked: 2 }],
    };
    const paused = { readingPaused: new Set(["erp"]), writingPaused: new Set(["shop"]) };
    expect(whyBusy(activity, { ...EXPECTED, ...paused })).toEqual([]);
  });

  test("an object stands still until somebody acts on its new shape", () => {
    const activity = { ...IDLE, captures: [{ ...CAPTURE, loaded: {} }] };
    expect(whyBusy(activity, { ...EXPECTED, drifted: new Set(["erp\nproducts"]) })).toEqual([]);
  });
});

test("two measurements count when they were made late enough, and until the place moves on", () => {
  const measurements = new Measurements();
  const note = (pulse: string, movedAt: string, isLate: boolean) => {
    measurements.note([{ ...CAPTURE, pulse, movedAt }], isLate);
    return measurements.isFresh("erp");
  };
  expect(note("1", "a", false)).toBe(false);
  expect(note("2", "a", false)).toBe(false);
  expect(note("2", "a", true)).toBe(false);
  expect(note("3", "a", true)).toBe(false);
  expect(note("3", "a", true)).toBe(false);
  expect(note("4", "a", true)).toBe(true);
  expect(note("4", "a", true)).toBe(true);
  expect(note("5", "b", true)).toBe(false);
  expect(note("6", "b", true)).toBe(false);
  expect(note("7", "b", true)).toBe(true);
});
