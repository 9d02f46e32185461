import type { Edge as FlowEdge, Node as FlowNode } from "@xyflow/react";
import type { Entity, MapDocument } from "../../server/core/map/document.ts";
import type { ObjectSchema } from "../../server/core/map/object-schema.ts";
import type { BulletSystem } from "../values/line-bullet.tsx";
import type { Arrangement, Point, Side } from "./arrange.ts";
import type { BoxItem } from "./box-items.ts";
import type { EdgeMeaning } from "./edge-meaning.ts";
import type { Change, FieldRow } from "./entity-rows.ts";
import type { ColumnRow } from "./system-rows.ts";
import type { Level } from "./zoom-level.ts";

/** Id of the entity's box; the others have their binding's id behind `SYSTEM_NODE`. */
export const ENTITY_NODE = "entity";
export const SYSTEM_NODE = "binding:";

/** What happens on an entity's fields now, as `maps.facts` tells it. */
export type CanvasFacts = {
  readonly records: number;
  readonly questions: readonly {
    readonly field: string;
    readonly count: number;
    readonly systems: Readonly<Record<string, number>>;
  }[];
  readonly held: readonly {
    readonly binding: string;
    readonly field: string;
    readonly way: "in" | "out";
    readonly count: number;
  }[];
  readonly systems: readonly {
    readonly id: string;
    readonly readingPaused: boolean;
    readonly writingPaused: boolean;
    readonly failure: string | null;
  }[];
};

export const NO_FACTS: CanvasFacts = { records: 0, questions: [], held: [], systems: [] };

/** How many problems a place has; it is marked by the worst. */
export type ProblemCounts = { readonly errors: number; readonly warnings: number };

/** Everything that a canvas is drawn from. */
export type FlowInput = {
  readonly document: MapDocument;
  /** The version that runs, to mark what the draft changes; null before the first. */
  readonly live: MapDocument | null;
  readonly entity: Entity;
  readonly schemaOf: (binding: MapDocument["bindings"][number]) => ObjectSchema | null;
  readonly facts: CanvasFacts;
  /** By the path of a place: of a field, of an edge, of a binding. */
  readonly problems: ReadonlyMap<string, ProblemCounts>;
  /** Edges that are suggestions still, as "binding/edge". */
  readonly suggested: ReadonlySet<string>;
  /** Groups that somebody opened: "binding:erp-product/unmapped". */
  readonly open: ReadonlySet<string>;
  /** Only fields that some bound object does not have, and columns that lead to no field. */
  readonly unmappedOnly: boolean;
  /** Null: arrange anew. */
  readonly arrangement: Arrangement | null;
  /** Boxes that a person moved. */
  readonly moved: ReadonlyMap<string, Point>;
  readonly level: Level;
};

export type SystemNodeData = {
  readonly binding: string;
  readonly system: BulletSystem;
  readonly object: string;
  readonly items: readonly BoxItem<ColumnRow>[];
  readonly anchors: readonly Anchor[];
  readonly height: number;
  readonly side: Side;
  readonly mapped: number;
  readonly columns: number;
  readonly change: Change | null;
  readonly problems: ProblemCounts | null;
  readonly state: SystemState;
  /** By column. */
  readonly marks: Readonly<Record<string, RowMark>>;
  /** Columns whose lines are suggestions still. */
  readonly suggested: readonly string[];
};

export type EntityNodeData = {
  readonly entity: string;
  readonly name: string;
  /** "Matched by SKU". */
  readonly matching: string;
  /** How many fields it has, drawn or not. */
  readonly fields: number;
  readonly items: readonly BoxItem<FieldRow>[];
  readonly anchors: readonly Anchor[];
  readonly height: number;
  readonly records: number;
  readonly problems: ProblemCounts | null;
  /** By field. */
  readonly marks: Readonly<Record<string, RowMark>>;
};

/** What a row shows at its end. */
export type RowMark = {
  readonly conflicts: number;
  readonly held: number;
  readonly errors: number;
  readonly warnings: number;
};

/** Where lines of a row begin, from the top of the box. */
export type Anchor = { readonly id: string; readonly y: number };

export type SystemState =
  | { readonly kind: "ok" }
  | { readonly kind: "unknown" }
  | { readonly kind: "paused"; readonly words: string }
  | { readonly kind: "failed"; readonly words: string };

export type SystemBox = FlowNode<SystemNodeData, "system">;
export type EntityBox = FlowNode<EntityNodeData, "entity">;
export type CanvasNode = SystemBox | EntityBox;

export type FieldEdgeData = {
  readonly binding: string;
  readonly edge: string;
  readonly fields: readonly string[];
  readonly meaning: EdgeMeaning;
  /** The system's line colour. */
  readonly line: number;
  readonly change: Change | null;
  /** Too many dashes are slow and say nothing: then an added line is drawn plain. */
  readonly isDashed: boolean;
  /** Its steps in order; drawn on the first strand only. */
  readonly steps: readonly { readonly transform: string; readonly title: string }[];
  readonly conflicts: number;
  /** How many other lines of its field show their conflicts nearer to the field, at its side. */
  readonly conflictPlace: number;
  /** Which end fails now. */
  readonly failing: "system" | "field" | null;
  /** Whether its column stands at the left of its field. */
  readonly isLeft: boolean;
  /** It was taken from the suggestions, and nobody has confirmed it; told of its first strand. */
  readonly isSuggested: boolean;
};

export type RibbonData = {
  readonly binding: string;
  readonly edges: number;
  readonly conflicts: number;
  /** The line of the system that owns most of the fields; null: nobody owns most. */
  readonly line: number | null;
};

export type FieldLine = FlowEdge<FieldEdgeData, "field">;
export type Ribbon = FlowEdge<RibbonData, "ribbon">;
export type CanvasEdge = FieldLine | Ribbon;

export type Flow = {
  readonly nodes: readonly CanvasNode[];
  readonly edges: readonly CanvasEdge[];
  readonly arrangement: Arrangement;
};

/** The node of a binding's box. */
export function systemNode(binding: string): string {
  return `${SYSTEM_NODE}${binding}`;
}

/** The binding of a node; null for the entity's. */
export function bindingOfNode(node: string): string | null {
  return node.startsWith(SYSTEM_NODE) ? node.slice(SYSTEM_NODE.length) : null;
}

/** Id of a row's anchor at one side of its box. */
export function anchorId(side: Side, row: string): string {
  return `${side}:${row}`;
}
