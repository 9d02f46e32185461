import type { Trace } from "../connectors/connector.ts";
import { removeSystem } from "../engine/acts/remove-system.ts";
import type { Answer, CliContext } from "./cli-context.ts";
import { CliProblem, EXIT, unknown } from "./exit-code.ts";

/** Removes a system with what we made in it, or says what stays there and how to remove that. */
export async function removeNow(
  cli: CliContext,
  system: string,
  leaveBehind: boolean,
): Promise<Answer> {
  const outcome = await removeSystem(cli, { system, leaveBehind });
  switch (outcome.kind) {
    case "removed":
      return { data: outcome, lines: [`${system} is removed.`, ...leftLines(outcome.left)] };
    case "bound": {
      const message =
        `The live map still binds ${outcome.objects.join(", ")}. ` +
        "Publish a map without it first. Nothing was changed.";
      throw new CliProblem(EXIT.usage, message, outcome);
    }
    case "unreachable": {
      const lines = [
        `What we made in ${system} could not be removed: ${outcome.failure.detail}`,
        "Nothing was changed. --leave-behind removes it here only.",
        ...leftLines(outcome.left),
      ];
      throw new CliProblem(EXIT.failure, lines.join("\n"), outcome);
    }
    default:
      throw unknown(outcome.what, system);
  }
}

function leftLines(left: readonly Trace[]): string[] {
  if (left.length === 0) return [];
  const lines = left.flatMap(({ what, removal }) => [`  ${what}:`, `    ${removal}`]);
  return ["This stays in it until somebody removes it there:", ...lines];
}
