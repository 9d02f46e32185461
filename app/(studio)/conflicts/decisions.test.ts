import { describe, expect, test } from "vitest";
import type { Question } from "./conflict-filter.ts";
import {
  asksTheSame,
  type DecisionEvent,
  decisions,
  NO_DECISIONS,
  openQuestions,
} from "./decisions.ts";

const question = (id: string, revision = 1): Question => ({ id, revision }) as Question;
const happened = (...events: DecisionEvent[]) => events.reduce(decisions, NO_DECISIONS);
const ids = (questions: readonly Question[]) => questions.map(({ id }) => id);

const TOLD = [question("a"), question("b")];
const decide = (id: string): DecisionEvent => ({ type: "decide", question: question(id) });

describe("decisions run ahead of the server", () => {
  test("a decided question is not shown, before and after the server knows", () => {
    expect(ids(openQuestions(TOLD, happened(decide("a"))))).toEqual(["b"]);
    expect(ids(openQuestions([question("b")], happened(decide("a"))))).toEqual(["b"]);
    expect(happened(decide("a"), decide("b")).count).toBe(2);
  });

  test("one that somebody opened anew is shown again", () => {
    expect(ids(openQuestions([question("a", 2), question("b")], happened(decide("a"))))).toEqual([
      "a",
      "b",
    ]);
  });

  test("a refused one comes back with its reason and counts no more", () => {
    const state = happened(decide("a"), {
      type: "refuse",
      question: question("a", 2),
      reason: "It moved.",
    });
    expect(state.count).toBe(0);
    expect(state.back["a"]?.reason).toBe("It moved.");
    expect(ids(openQuestions([question("b")], state))).toEqual(["a", "b"]);
  });

  test("one that is taken back is there at once", () => {
    const undoing = happened(decide("a"), { type: "undo", question: question("a") });
    expect(ids(openQuestions([question("b")], undoing))).toEqual(["a", "b"]);
    const undone = decisions(undoing, { type: "undone", question: question("a", 2) });
    expect(undone.back["a"]).toMatchObject({ question: { revision: 2 } });
    const again = decisions(undone, { type: "decide", question: question("a", 2) });
    expect(ids(openQuestions([question("b")], again))).toEqual(["b"]);
    expect(again.count).toBe(1);
  });

  test("an answer that is given while another is taken back counts once, whatever comes of it", () => {
    const again = happened(decide("a"), { type: "undo", question: question("a") }, decide("a"));
    const undone = decisions(again, { type: "undone", question: question("a", 2) });
    expect(ids(openQuestions([question("a", 2), question("b")], undone))).toEqual(["b"]);
    expect(undone.count).toBe(1);
    const stands = decisions(again, { type: "stands", question: question("a") });
    expect(ids(openQuestions(TOLD, stands))).toEqual(["b"]);
    expect(stands.count).toBe(1);
  });

  test("one that cannot be taken back stays decided", () => {
    const state = happened(
      decide("a"),
      { type: "undo", question: question("a") },
      { type: "stands", question: question("a") },
    );
    expect(ids(openQuestions([question("b")], state))).toEqual(["b"]);
    expect(state.count).toBe(1);
  });
});

test("a question asks the same as long as its values do, wherever they stand by now", () => {
  const base = { value: "Rope" };
  const between = (link: string | null, value = "Rope, red") => {
    const candidates = [{ from: "system:erp", value, link }];
    return { ...question("a"), candidates, base } as unknown as Question;
  };
  expect(asksTheSame(between("1"), between(null))).toBe(true);
  expect(asksTheSame(between("1"), between("1", "Rope, blue"))).toBe(false);
});
