import { compileCondition, countProblem } from "../../conditions/condition.ts";
import { conditionWords } from "../../conditions/condition-words.ts";
import type { FieldValue } from "../../values/field-value.ts";
import type { Binding, Condition, MapDocument } from "../document.ts";
import type { Edit } from "../edits/edit.ts";
import type { ColumnSchema, ObjectSchema } from "../object-schema.ts";
import { bindingWords } from "../place.ts";
import { type MapProblem, nearestName, suggestion } from "./problem.ts";

type ScopeInMap = {
  readonly document: MapDocument;
  readonly binding: Binding;
  readonly schema: ObjectSchema | undefined;
};

/** What can be wrong with the scope of a binding, and with rows that we make there. */
export function* checkScope(of: ScopeInMap): Generator<MapProblem> {
  const { binding, schema } = of;
  if (binding.scope === undefined) return;
  const columns = schema?.columns;
  let isJudged = columns !== undefined;
  for (const condition of binding.scope.conditions) {
    const column = columns?.find(({ name }) => name === condition.of);
    const problem = valuesProblem(of, condition) ?? columnProblem(of, condition, column);
    if (problem === null) continue;
    isJudged = false;
    yield problem;
  }
  if (isJudged && binding.createsRows) yield* checkNewRows(of);
}

function valuesProblem(of: ScopeInMap, condition: Condition): MapProblem | null {
  const problem = countProblem(condition);
  if (problem === null) return null;
  const message = `${wordsOf(of)}, ${condition.of}: ${problem} Change the values or the comparison.`;
  return error(of, "scope-values", condition.of, message);
}

function columnProblem(
  of: ScopeInMap,
  condition: Condition,
  column: ColumnSchema | undefined,
): MapProblem | null {
  const names = of.schema?.columns.map(({ name }) => name);
  if (names === undefined) return null;
  if (column === undefined) {
    const near = nearestName(condition.of, names);
    const message = `${wordsOf(of)} looks at the column ${condition.of}, which the object does \
not have.${suggestion(condition.of, names)} Choose one that it has, or drop the condition.`;
    const problem = error(of, "unknown-column", condition.of, message);
    return near === null ? problem : { ...problem, fix: renaming(of.binding, condition, near) };
  }
  const compiled = compileCondition(condition, typeOf(column));
  if (compiled.ok) return null;
  const message = `${wordsOf(of)}: "${conditionWords(condition)}" says nothing of ${column.name}, \
which is ${column.nativeType}. ${compiled.message} Change the value or the comparison.`;
  return error(of, "scope-values", column.name, message);
}

function renaming(binding: Binding, condition: Condition, column: string) {
  const conditions = (binding.scope?.conditions ?? []).map((one) =>
    one === condition ? { ...one, of: column } : one,
  );
  const scope = binding.scope === undefined ? null : { ...binding.scope, conditions };
  const edit: Edit = { type: "change-binding", binding: binding.id, changes: { scope } };
  return { label: `Use ${column}`, edit };
}

/** What a new row will have in the column of a condition. */
type Fate = "inside" | "outside" | "by-record" | "unknown";

/** A row that we make must lie in the scope, or it would be nobody's as soon as it is there. */
function* checkNewRows(of: ScopeInMap): Generator<MapProblem> {
  const { binding } = of;
  const { match = "all", conditions = [] } = binding.scope ?? {};
  const fates = conditions.map((condition) => ({ condition, fate: fateOf(of, condition) }));
  const bad = fates.filter(({ fate }) => fate === "outside" || fate === "unknown");
  const isLost = match === "all" ? bad.length > 0 : bad.length === fates.length;
  const [first] = bad;
  if (!isLost || first === undefined) return;
  const { of: column } = first.condition;
  const why =
    first.fate === "unknown"
      ? `the system itself fills ${column}, so nobody can say that it meets`
      : `${column} would not meet`;
  const message = `${wordsOf(of)} makes rows that need not lie in it: ${why} \
"${conditionWords(first.condition)}". Write ${column} from a field or a constant that does, or \
make no rows here.`;
  const changes = { createsRows: false };
  const edit: Edit = { type: "change-binding", binding: binding.id, changes };
  const fix = { label: "Make no rows here", edit };
  yield { ...error(of, "scope-new-rows", column, message), fix };
}

function fateOf({ binding, schema }: ScopeInMap, condition: Condition): Fate {
  const column = schema?.columns.find(({ name }) => name === condition.of);
  const writer = binding.edges.find(
    ({ columns, direction }) => direction !== "in" && columns.includes(condition.of),
  );
  if (column === undefined) return "unknown";
  if (writer === undefined) {
    return column.hasDefault || column.readOnly ? "unknown" : judge(condition, column, null);
  }
  const [last] = writer.steps;
  if (last?.transform !== "constant") return "by-record";
  return judge(condition, column, (last.settings["value"] ?? null) as FieldValue);
}

function judge(condition: Condition, column: ColumnSchema, value: FieldValue): Fate {
  const compiled = compileCondition(condition, typeOf(column));
  return compiled.ok && compiled.holds(value) ? "inside" : "outside";
}

const typeOf = ({ type, values }: ColumnSchema) => ({ type, options: { values } });

function wordsOf({ document, binding }: ScopeInMap): string {
  return `The scope of ${bindingWords(document, binding.id)}`;
}

function error({ binding }: ScopeInMap, code: string, column: string, message: string): MapProblem {
  return { severity: "error", code, place: { binding: binding.id, column }, message };
}
