import type { Edge } from "../../server/core/map/document.ts";
import type { Part } from "./parts.ts";

/** What a line between a column and a field means; the drawing follows from it. */
export const EDGE_MEANINGS = [
  "owner-in",
  "owner-both",
  "contributes-in",
  "contributes-both",
  "writes-out",
  "reads-only",
] as const;
export type EdgeMeaning = (typeof EDGE_MEANINGS)[number];

/** The end of a line: where values arrive, or nothing. */
export type LineEnd = "chevron" | "dot" | "none";

export type EdgeLook = {
  /** Of the line, in px. */
  readonly width: number;
  /** Colour: the system's line, the ink of what the hub writes, or the faint rule. */
  readonly tone: "line" | "ink" | "rule";
  readonly opacity: number;
  readonly atSystem: LineEnd;
  readonly atField: LineEnd;
  /** For the legend and for screen readers. */
  readonly words: string;
};

/**
 * The meaning of an edge: its direction, and what its system is to the field. An edge that goes
 * both ways from a system that decides nothing only writes: edits there are refused.
 */
export function edgeMeaning(direction: Edge["direction"], part: Part): EdgeMeaning {
  if (direction === "out") return "writes-out";
  if (part === "none") return direction === "in" ? "reads-only" : "writes-out";
  if (part === "owner") return direction === "in" ? "owner-in" : "owner-both";
  return direction === "in" ? "contributes-in" : "contributes-both";
}

export const EDGE_LOOKS: Readonly<Record<EdgeMeaning, EdgeLook>> = {
  "owner-in": {
    ...{ width: 2, tone: "line", opacity: 1, atSystem: "none", atField: "chevron" },
    words: "The system owns the field; nothing is written back",
  },
  "owner-both": {
    ...{ width: 2, tone: "line", opacity: 1, atSystem: "chevron", atField: "chevron" },
    words: "The system owns the field, and is kept in agreement",
  },
  "contributes-in": {
    ...{ width: 1.25, tone: "line", opacity: 0.7, atSystem: "none", atField: "chevron" },
    words: "The system may change the field, and others too",
  },
  "contributes-both": {
    ...{ width: 1.25, tone: "line", opacity: 0.7, atSystem: "chevron", atField: "chevron" },
    words: "The system may change the field, and is kept in agreement",
  },
  "writes-out": {
    ...{ width: 2, tone: "ink", opacity: 1, atSystem: "chevron", atField: "none" },
    words: "The hub writes to the system; it decides nothing",
  },
  "reads-only": {
    ...{ width: 1, tone: "rule", opacity: 1, atSystem: "none", atField: "dot" },
    words: "The system is read; it decides nothing",
  },
};

/** The stroke of a look as a CSS colour. `line` is the number of the system's line. */
export function strokeOf(look: EdgeLook, line: number): string {
  if (look.tone === "line") return `var(--line-${line})`;
  return look.tone === "ink" ? "var(--ink-2)" : "var(--rule-strong)";
}

/** Width of the ribbon that stands for many edges from afar, in px. */
export function ribbonWidth(edges: number): number {
  return Math.min(10, 1.5 * Math.log2(edges + 1));
}
