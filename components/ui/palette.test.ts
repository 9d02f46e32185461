import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

/** The tokens are read from the style sheet itself, so that the check holds what ships. */
const css = readFileSync(new URL("../../app/globals.css", import.meta.url), "utf8");

const themes = {
  light: tokensOf(/:root \{([^}]*)\}/),
  dark: tokensOf(/\[data-theme="dark"\] \{([^}]*)\}/),
};

type Rgb = readonly [number, number, number];
type Matrix = readonly [Rgb, Rgb, Rgb];

/** Machado, Oliveira and Fernandes 2009, severity 1.0, on linear RGB. */
const VISIONS: Record<string, Matrix> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

const STATES = ["ok", "run", "warn", "fail", "conflict", "draft"];
const LINES = Array.from({ length: 12 }, (_, index) => `line-${index + 1}`);

describe.each(Object.entries(themes))("the %s palette", (_, tokens) => {
  const color = (name: string): Rgb => {
    const value = tokens.get(name);
    if (value === undefined) throw new Error(`No token --${name}`);
    return value;
  };
  const contrast = (a: string, b: string) => contrastOf(color(a), color(b));

  test.each(["enamel", "panel", "sunk", "raised"])("ink is read on %s", (ground) => {
    const text = ground === "sunk" ? ["ink", "ink-2"] : ["ink", "ink-2", "ink-3"];
    for (const ink of [...text, "link"]) {
      expect(contrast(ink, ground), `${ink} on ${ground}`).toBeGreaterThanOrEqual(4.5);
    }
  });

  test("states are read as words on pages and panels, and on grounds of their own", () => {
    for (const state of [...STATES, "add", "rem"]) {
      for (const ground of ["enamel", "panel", "raised"]) {
        expect(contrast(state, ground), `${state} on ${ground}`).toBeGreaterThanOrEqual(4.5);
      }
    }
    for (const ground of ["add-bg", "rem-bg", "conflict-bg", "fail-bg", "warn-bg"]) {
      for (const ink of ["ink", "ink-2"]) {
        expect(contrast(ink, ground), `${ink} on ${ground}`).toBeGreaterThanOrEqual(4.5);
      }
    }
  });

  test("buttons and borders of controls", () => {
    expect(contrast("on-action", "action")).toBeGreaterThanOrEqual(4.5);
    for (const mark of ["rule-strong", "focus"]) {
      for (const ground of ["enamel", "panel", "raised"]) {
        expect(contrast(mark, ground), `${mark} on ${ground}`).toBeGreaterThanOrEqual(3);
      }
    }
  });

  test.each(LINES)("%s carries its letters and stands out", (line) => {
    expect(contrast("on-line", line)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(line, "enamel")).toBeGreaterThanOrEqual(4);
  });

  test.each(Object.entries(VISIONS))("lines are told apart with %s vision", (_vision, matrix) => {
    const lines = LINES.map((line) => seenAs(color(line), matrix));
    expect(smallestDistance(lines.slice(0, 8))).toBeGreaterThanOrEqual(0.06);
    expect(smallestDistance(lines)).toBeGreaterThanOrEqual(0.039);
  });

  test.each(Object.entries(VISIONS))("differences are seen with %s vision", (_vision, matrix) => {
    const [added, removed] = [seenAs(color("add"), matrix), seenAs(color("rem"), matrix)];
    expect(distance(toOklab(added), toOklab(removed))).toBeGreaterThanOrEqual(0.15);
  });
});

describe("the ruler", () => {
  test("contrast and distance give the known values", () => {
    expect(contrastOf(parse("#000000"), parse("#ffffff"))).toBeCloseTo(21, 5);
    expect(distance(toOklab(parse("#000000")), toOklab(parse("#ffffff")))).toBeCloseTo(1, 3);
  });
});

function tokensOf(block: RegExp): Map<string, Rgb> {
  const body = block.exec(css)?.[1] ?? "";
  return new Map(
    [...body.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name = "", hex = ""]) => [
      name,
      parse(hex),
    ]),
  );
}

/** "#rrggbb" as linear light, 0 to 1. */
function parse(hex: string): Rgb {
  const channel = (at: number) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

function contrastOf(a: Rgb, b: Rgb): number {
  const luminance = ([r, g, blue]: Rgb) => 0.2126 * r + 0.7152 * g + 0.0722 * blue;
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

function seenAs(color: Rgb, matrix: Matrix): Rgb {
  const clamp = (value: number) => Math.min(1, Math.max(0, value));
  const row = ([a, b, c]: Rgb) => clamp(a * color[0] + b * color[1] + c * color[2]);
  return [row(matrix[0]), row(matrix[1]), row(matrix[2])];
}

/** Linear sRGB to OKLab (Ottosson 2020). */
function toOklab([r, g, b]: Rgb): Rgb {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function distance(a: Rgb, b: Rgb): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

function smallestDistance(colors: readonly Rgb[]): number {
  const labs = colors.map(toOklab);
  const distances = labs.flatMap((a, index) => labs.slice(index + 1).map((b) => distance(a, b)));
  return Math.min(...distances);
}
