import type { Edits } from "../../connectors/memory/system.ts";
import { MapDocument } from "../../core/map/document.ts";
import type { Columns } from "../../core/values/field-value.ts";
import { merge } from "../acts/merge.ts";
import { publishDocument } from "../acts/publish.ts";
import { resolveConflict } from "../acts/resolve-conflict.ts";
import { runBinding } from "../acts/run-binding.ts";
import type { Fate } from "./faults.ts";
import { viewHub } from "./oracle/view-hub.ts";
import type { ScriptedEvent, Stand } from "./player.ts";
import { FIELDS, type FieldName, SHAPES, type Shape } from "./shapes.ts";

/** A small thing that happens between two systems, without dice. */
export type SmallScript = {
  readonly name: string;
  readonly shapes: readonly Shape[];
  readonly document: MapDocument;
  /** Rows that are there before anybody looks, by system. */
  readonly rows: Readonly<Record<string, readonly Columns[]>>;
  readonly events: readonly ScriptedEvent[];
  /** Systems that lose what became of a transaction. */
  readonly forgetful?: readonly string[];
  /** What happens at a place, where something is to go wrong. */
  readonly fate?: (place: string) => Fate;
};

const shapes = SHAPES.filter(({ system }) => system === "alpha" || system === "beta");
const TYPES: Partial<Record<FieldName, string>> = { price: "decimal", stock: "integer" };

function mapOf(policy: string, leftOut: Partial<Record<string, string>> = {}): MapDocument {
  return MapDocument.parse({
    format: 1,
    systems: shapes.map(({ system: id }, line) => ({
      ...{ id, name: id, line: line + 1 },
      code: id.slice(0, 2).toUpperCase(),
    })),
    entities: [
      {
        ...{ id: "thing", name: "Thing", title: "sku", matchKeys: [["sku"]] },
        fields: FIELDS.filter((id) => id !== "state").map((id) => ({
          ...{ id, name: id, type: TYPES[id] ?? "text" },
          policy: { kind: id === "stock" ? "sum-of-deltas" : policy },
          ...(id === "sku" ? { validation: [{ kind: "required" }] } : {}),
        })),
      },
    ],
    bindings: shapes.map(({ system, object, edges }) => ({
      ...{ id: `${system}-thing`, system, object, entity: "thing" },
      ...{ whenRowGone: "delete", whenRecordDeleted: "delete" },
      edges: edges.filter(({ id }) => id !== "state" && leftOut[system] !== id),
    })),
  });
}

const at = (seconds: number, act: ScriptedEvent["act"]): ScriptedEvent => ({
  atMs: seconds * 1_000,
  act,
});

/** Somebody edits a system. */
const edits = (system: string, work: (edits: Edits) => void) => (stand: Stand) => {
  stand.systems.get(system)?.edit(work);
};

const ALPHA = { code: "S1", first: "Ada", last: "Lov", price: "1", stock: "4", remark: "blue" };
const BETA = { article: "S1", full_name: "Ada Lov", cents: "100", stock: "4", note: "blue" };
const BOTH = { alpha: [ALPHA], beta: [BETA] };
const NEWEST = mapOf("newest");
/** Two things, each with a code that nobody else may have. */
const TWO = {
  alpha: [ALPHA, { ...ALPHA, code: "S2", price: "2" }],
  beta: [BETA, { ...BETA, article: "S2", cents: "200" }],
};

const priceOnBothSides = [
  at(
    5,
    edits("alpha", (rows) => rows.edit("products", "1", { price: "2.5" })),
  ),
  at(
    5,
    edits("beta", (rows) => rows.edit("items", "1", { cents: "300" })),
  ),
];

/** Answers the one open question, as soon as there is one. */
async function answer({ acts, tell }: Stand): Promise<"later" | undefined> {
  const { conflicts } = await viewHub(acts.hub.sql);
  const open = conflicts.find(({ state }) => state === "open");
  if (open === undefined) return "later";
  const { id: conflict, revision, candidates } = open;
  const from = candidates.find(({ from }) => from === "system:beta")?.from as `system:${string}`;
  const choice = { kind: "candidate" as const, from };
  const outcome = await resolveConflict(acts, { conflict, revision, choice });
  tell(`Ana answers the question: ${outcome.kind}.`);
  return undefined;
}

/** The records of the two things are one, Ana finds: the second thing's rows are deleted. */
async function mergeBoth({ acts, tell }: Stand): Promise<"later" | undefined> {
  const { records, links } = await viewHub(acts.hub.sql);
  const of = (sku: string) => [...records.values()].find(({ values }) => values["sku"]?.v === sku);
  const [winner, loser] = [of("S1")?.id, of("S2")?.id];
  const isThere = links.filter(({ state }) => state === "live").length === 4;
  if (winner === undefined || loser === undefined || !isThere) return "later";
  const second = { "alpha-thing": "delete", "beta-thing": "delete" } as const;
  const outcome = await merge(acts, { winner, loser, values: { price: "loser" }, second });
  tell(`Ana finds S1 and S2 to be one: ${outcome.kind}.`);
  return undefined;
}

async function publishAll({ acts }: Stand): Promise<void> {
  await publishDocument(acts, { document: NEWEST, note: "Remarks too", acknowledged: "all" });
}

export const MERGED: SmallScript = {
  name: "two records are merged while somebody edits the second",
  ...{ shapes, document: NEWEST, rows: TWO },
  events: [
    at(
      5,
      edits("beta", (rows) => rows.edit("items", "2", { note: "azure" })),
    ),
    at(5, mergeBoth),
  ],
};

export const SCRIPTS: readonly SmallScript[] = [
  {
    name: "a row is made in one system",
    ...{ shapes, document: NEWEST, rows: {} },
    events: [
      at(
        2,
        edits("alpha", (rows) => rows.insert("products", ALPHA)),
      ),
    ],
  },
  {
    name: "one field is edited on two sides",
    ...{ shapes, document: NEWEST, rows: BOTH, events: priceOnBothSides },
  },
  {
    name: "one side deletes what the other edits",
    ...{ shapes, document: NEWEST, rows: BOTH },
    events: [
      at(
        5,
        edits("beta", (rows) => rows.edit("items", "1", { cents: "300" })),
      ),
      at(
        5,
        edits("alpha", (rows) => rows.remove("products", "1")),
      ),
    ],
  },
  {
    name: "a row is deleted and made anew under its id",
    ...{ shapes, document: NEWEST, rows: BOTH },
    events: [
      at(
        5,
        edits("alpha", (rows) => rows.remove("products", "1")),
      ),
      at(
        6,
        edits("alpha", (rows) => rows.insert("products", { ...ALPHA, id: "1", price: "9" })),
      ),
    ],
  },
  {
    name: "two rows exchange their codes",
    ...{ shapes, document: NEWEST, rows: TWO },
    events: [
      at(
        5,
        edits("alpha", (rows) => {
          rows.edit("products", "1", { code: "between" });
          rows.edit("products", "2", { code: "S1" });
          rows.edit("products", "1", { code: "S2" });
        }),
      ),
    ],
  },
  MERGED,
  {
    name: "a steward answers",
    ...{ shapes, document: mapOf("review"), rows: BOTH },
    events: [...priceOnBothSides, at(3, answer)],
  },
  {
    name: "another map is published in the middle",
    ...{ shapes, document: mapOf("newest", { beta: "remark" }), rows: BOTH },
    events: [
      at(
        5,
        edits("alpha", (rows) => rows.edit("products", "1", { remark: "azure" })),
      ),
      at(2.5, publishAll),
    ],
  },
];

/**
 * The answer to a write is lost, its system cannot tell what became of it, and before its log is
 * heard again the value has moved on and all rows are read whole: a row shows what we wrote, and
 * nothing says that it was us.
 */
export function readInDoubt(): SmallScript {
  const state = { isDeaf: false, isLost: false };
  const edit = (price: string) => edits("alpha", (rows) => rows.edit("products", "1", { price }));
  const goDeaf = ({ systems }: Stand) => {
    state.isDeaf = true;
    systems.get("beta")?.cut();
  };
  const readWhole = async ({ acts }: Stand) => {
    await runBinding(acts, { binding: "beta-thing" });
    state.isDeaf = false;
  };
  const fate = (place: string): Fate => {
    if (state.isDeaf && place === "capture before") return "fail";
    if (!state.isDeaf || state.isLost || place !== "commit after") return "go-on";
    state.isLost = true;
    return "fail";
  };
  const events = [at(5, goDeaf), at(5, edit("2.5")), at(12, edit("4")), at(16, readWhole)];
  const name = "a whole read shows what we wrote, and nobody can tell that it was us";
  return { name, shapes, document: NEWEST, rows: BOTH, events, fate, forgetful: ["beta"] };
}
