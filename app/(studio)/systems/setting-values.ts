import type { ProblemText } from "../../../components/problem-of.ts";
import type { Inputs } from "../../../server/api/root.ts";

type Json = Inputs["systems"]["preview"]["settings"];

/** Settings as a form holds them, for the API: what is not JSON is left out. */
export function asJson(settings: Readonly<Record<string, unknown>>): Json {
  return JSON.parse(JSON.stringify(settings)) as Json;
}

const PREFIX = "settings.";

/** A refusal's sentences by setting: "settings.port" is the form's "port". */
export function settingErrors(problem: ProblemText | null): Record<string, string> {
  if (problem === null) return {};
  return Object.fromEntries(
    Object.entries(problem.fields)
      .filter(([place]) => place.startsWith(PREFIX))
      .map(([place, message]) => [place.slice(PREFIX.length), message]),
  );
}
