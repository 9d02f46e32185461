import { beforeEach, describe, expect, test } from "vitest";
import { chordOf, createRegistry, type KeyPress, type Registry } from "./shortcuts.ts";

function press(key: string, more: Partial<KeyPress> = {}): KeyPress {
  return {
    key,
    code: "",
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    shiftKey: false,
    altGraph: false,
    at: 0,
    reserved: false,
    ...more,
  };
}

describe("chordOf", () => {
  test.each<[string, KeyPress, string | null]>([
    ["a letter", press("j"), "j"],
    ["Ctrl and a letter", press("k", { ctrlKey: true }), "mod+k"],
    ["Cmd and a letter", press("k", { metaKey: true }), "mod+k"],
    ["Shift and a letter", press("X", { shiftKey: true }), "shift+x"],
    ["a symbol that needs Shift", press("?", { shiftKey: true }), "?"],
    ["a symbol that needs AltGr", press("[", { ctrlKey: true, altKey: true, altGraph: true }), "["],
    ["a letter of another script", press("о", { code: "KeyJ" }), "j"],
    ["an arrow", press("ArrowDown"), "down"],
    ["Space", press(" "), "space"],
    ["a modifier alone", press("Shift", { shiftKey: true }), null],
  ])("%s", (_, event, chord) => {
    expect(chordOf(event)).toBe(chord);
  });
});

describe("the registry", () => {
  let registry: Registry;
  let done: string[];
  const shortcut = (id: string, keys: string, more = {}) => ({
    id,
    keys,
    label: id,
    run: () => void done.push(id),
    ...more,
  });
  beforeEach(() => {
    registry = createRegistry();
    done = [];
    registry.add({
      name: "Everywhere",
      shortcuts: [
        shortcut("home", "g h"),
        shortcut("down", "j"),
        shortcut("palette", "mod+k", { always: true }),
      ],
    });
  });

  test("runs what a key stands for, and says whether it did", () => {
    expect(registry.press(press("j"))).toBe(true);
    expect(registry.press(press("y"))).toBe(false);
    expect(done).toEqual(["down"]);
  });

  test("two keys one after the other, within a second", () => {
    expect(registry.press(press("g", { at: 100 }))).toBe(true);
    expect(registry.press(press("h", { at: 900 }))).toBe(true);
    registry.press(press("g", { at: 2_000 }));
    expect(registry.press(press("h", { at: 3_500 }))).toBe(false);
    expect(done).toEqual(["home"]);
  });

  test("a key that ends no sequence means what it means alone", () => {
    registry.press(press("g", { at: 0 }));
    registry.press(press("j", { at: 10 }));
    expect(done).toEqual(["down"]);
  });

  test("what was added last wins, and gives way when it is removed", () => {
    const remove = registry.add({ name: "Conflicts", shortcuts: [shortcut("next", "j")] });
    registry.press(press("j"));
    remove();
    registry.press(press("j"));
    expect(done).toEqual(["next", "down"]);
    expect(registry.scopes().map((scope) => scope.name)).toEqual(["Everywhere"]);
  });

  test("the frame's keys stand under a screen's, even when the frame comes later", () => {
    registry.add({ name: "Conflicts", shortcuts: [shortcut("take-back", "z")] });
    registry.add({ name: "Frame", base: true, shortcuts: [shortcut("undo", "z")] });
    registry.press(press("z"));
    expect(done).toEqual(["take-back"]);
  });

  test("in inputs and dialogs only what always works", () => {
    expect(registry.press(press("j", { reserved: true }))).toBe(false);
    expect(registry.press(press("k", { ctrlKey: true, reserved: true }))).toBe(true);
    expect(done).toEqual(["palette"]);
  });

  test("single letters can be turned off; chords go on", () => {
    registry.setLetters(false);
    expect(registry.press(press("j"))).toBe(false);
    expect(registry.press(press("g"))).toBe(false);
    expect(registry.press(press("k", { metaKey: true }))).toBe(true);
    expect(done).toEqual(["palette"]);
  });

  test("tells who listens about every change, and keeps one array between changes", () => {
    let changes = 0;
    const stop = registry.subscribe(() => {
      changes += 1;
    });
    expect(registry.scopes()).toBe(registry.scopes());
    registry.add({ name: "Runs", shortcuts: [] })();
    stop();
    registry.add({ name: "Runs", shortcuts: [] });
    expect(changes).toBe(2);
  });
});
