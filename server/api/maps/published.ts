import { problemKey } from "../../core/map/checks/problem.ts";
import type { PublishOutcome } from "../../engine/acts/publish.ts";

/** What became of a publish or a roll back, for a screen. */
export function publishedAnswer(outcome: PublishOutcome) {
  switch (outcome.kind) {
    case "published": {
      const { version, changed } = outcome;
      return { kind: outcome.kind, version, bindings: changed.length };
    }
    case "problems": {
      const problems = outcome.problems.map((one) => ({ ...one, key: problemKey(one) }));
      return { kind: outcome.kind, problems };
    }
    default:
      return outcome;
  }
}
