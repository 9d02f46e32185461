import { findBindingProblems } from "../mapping/compile-binding.ts";
import { checkBindings } from "./checks/bindings.ts";
import { checkEntities } from "./checks/entities.ts";
import { checkOscillation } from "./checks/oscillation.ts";
import type { MapProblem } from "./checks/problem.ts";
import { checkReferences } from "./checks/references.ts";
import { checkRoundTrips } from "./checks/round-trips.ts";
import type { MapDocument } from "./document.ts";
import { findBreaks } from "./integrity.ts";
import { placeWords } from "./place.ts";
import { type Schemas, schemasFor } from "./schemas-for.ts";

/**
 * Everything that is wrong with a map, errors first. A map without errors can be published.
 * @param schemas what was discovered of each system; one that is missing was never read
 */
export function checkMap(document: MapDocument, schemas: Schemas): MapProblem[] {
  const problems = [...findProblems(document, schemas)];
  if (problems.every((problem) => problem.severity === "warning")) {
    problems.push(...checkCompiles(document, schemas));
  }
  // Values can only be sent round through a map that runs.
  if (problems.every((problem) => problem.severity === "warning")) {
    problems.push(...checkRoundTrips(document, schemas), ...checkOscillation(document, schemas));
  }
  const rank = (problem: MapProblem) => (problem.severity === "error" ? 0 : 1);
  return problems.sort((a, b) => rank(a) - rank(b));
}

function* findProblems(document: MapDocument, schemas: Schemas): Generator<MapProblem> {
  for (const broken of findBreaks(document)) yield { severity: "error", ...broken };
  yield* checkSystems(document);
  yield* checkEntities(document);
  yield* checkBindings(document, schemas);
  yield* checkReferences(document, schemas);
}

/** Two systems with one code look the same on every screen. */
function* checkSystems(document: MapDocument): Generator<MapProblem> {
  for (const [at, system] of document.systems.entries()) {
    const other = document.systems.slice(0, at).find((one) => one.code === system.code);
    if (other === undefined) continue;
    const message = `${other.name} and ${system.name} both have the code ${system.code}. Give one \
of them another, so that people can tell them apart.`;
    yield { severity: "warning", code: "same-code", place: { system: system.id }, message };
  }
}

/** What the compiler would refuse and nothing above has named. */
function* checkCompiles(document: MapDocument, schemas: Schemas): Generator<MapProblem> {
  for (const binding of document.bindings) {
    const input = { document, binding, ...schemasFor(schemas, binding) };
    for (const { place, setting, message } of findBindingProblems(input)) {
      const where = [placeWords(document, place), ...(setting === "" ? [] : [setting])];
      yield {
        severity: "error",
        code: "cannot-run",
        place,
        message: `${where.join(", ")}: ${message}`,
      };
    }
  }
}
