import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lawRuns } from "../testing/law-runs.ts";
import type { MappedObservation } from "./state.ts";
import type { ModelHub } from "./testing/model-hub.ts";
import { agree, atSecond, type Rules, SYSTEMS, settle } from "./testing/three-states.ts";

/** Systems that came to one value apart, and have moved on since. */
const NEWEST: Rules = { policy: "newest", tiers: null, refused: "revert" };

function agreed(rules: Rules = NEWEST): ModelHub {
  return agree({ rules, base: [{ word: "grey", count: "0" }] });
}

const wordOf = (hub: ModelHub) => [...hub.records.values()][0]?.values["word"]?.v;

/** Does every edit in its system at its second, and gives what each system's log tells. */
function logsOf(hub: ModelHub, edits: readonly Edit[]): Map<string, MappedObservation[]> {
  const logs = new Map<string, MappedObservation[]>();
  for (const { system, word, second } of edits) {
    const told = hub.edit(system, "1", { word }, atSecond(second));
    logs.set(system, [...(logs.get(system) ?? []), told]);
  }
  return logs;
}

type Edit = { readonly system: string; readonly word: string; readonly second: number };

describe("two systems that came to one value apart", () => {
  test("what one changed before the other came to it does not go over that", () => {
    const hub = agreed();
    const edits = [
      { system: "a", word: "red", second: 1 },
      { system: "a", word: "blue", second: 2 },
      { system: "b", word: "red", second: 3 },
    ];
    const logs = logsOf(hub, edits);
    for (const told of [...(logs.get("b") ?? []), ...(logs.get("a") ?? [])]) hub.observe([told]);
    expect(wordOf(hub)).toBe("red");
    const refused = hub.audit.at(-1);
    expect(refused).toMatchObject({ kind: "rejected", rule: "newest" });
    settle(hub);
    expect(hub.system("a").rows.get("1")?.["word"]).toBe("red");
  });

  test("what one changed after that is an edit like another", () => {
    const hub = agreed();
    const edits = [
      { system: "a", word: "red", second: 1 },
      { system: "b", word: "red", second: 3 },
      { system: "a", word: "blue", second: 4 },
    ];
    const logs = logsOf(hub, edits);
    for (const told of [...(logs.get("b") ?? []), ...(logs.get("a") ?? [])]) hub.observe([told]);
    expect(wordOf(hub)).toBe("blue");
    expect(hub.audit.at(-1)).toMatchObject({ kind: "accepted", rule: "only-change" });
  });

  test("a value that went and came back is not what it was", () => {
    const hub = agreed();
    const edits = [
      { system: "b", word: "red", second: 1 },
      { system: "a", word: "blue", second: 2 },
      { system: "b", word: "grey", second: 3 },
    ];
    const logs = logsOf(hub, edits);
    for (const told of [...(logs.get("b") ?? []), ...(logs.get("a") ?? [])]) hub.observe([told]);
    expect(wordOf(hub)).toBe("grey");
  });

  test("what was delivered is known: a slow clock takes nobody's later edit for an earlier one", () => {
    const hub = agreed();
    hub.observe([hub.edit("b", "1", { word: "red" }, atSecond(30))]);
    settle(hub);
    hub.observe([hub.edit("a", "1", { word: "blue" }, atSecond(20))]);
    expect(wordOf(hub)).toBe("blue");
  });

  test("order: the last edit of all stands, in whatever order the logs are read", () => {
    const words = fc.constantFrom("grey", "red", "blue");
    const edit = fc.record({ system: fc.constantFrom(...SYSTEMS), word: words });
    fc.assert(
      fc.property(
        fc.array(edit, { minLength: 2, maxLength: 9 }),
        fc.infiniteStream(fc.nat({ max: 0xffff })),
        (drawn, choices) => {
          const hub = agreed();
          const present = new Map<string, string>(SYSTEMS.map((system) => [system, "grey"]));
          // Setting what is there already is no edit: no log tells it.
          const edits = drawn.flatMap((one, at) => {
            if (present.get(one.system) === one.word) return [];
            present.set(one.system, one.word);
            return [{ ...one, second: at + 1 }];
          });
          const logs = logsOf(hub, edits);
          for (;;) {
            const left = [...logs.values()].filter((log) => log.length > 0);
            if (left.length === 0) break;
            const log = left[Number(choices.next().value) % left.length];
            const told = log?.shift();
            if (told !== undefined) hub.observe([told]);
          }
          settle(hub);
          expect(hub.conflicts.size).toBe(0);
          expect(wordOf(hub)).toBe(edits.at(-1)?.word ?? "grey");
        },
      ),
      lawRuns(1_500),
    );
  });
});
