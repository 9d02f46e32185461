import { parseMapFile } from "../core/map/file.ts";
import type { CliContext } from "./cli-context.ts";
import { CliProblem, EXIT } from "./exit-code.ts";

/** A map file, and where in it things stand. */
export type ReadMapFile = Extract<ReturnType<typeof parseMapFile>, { ok: true }>;

/**
 * Reads a map file of the person's, or standard input for "-".
 * @throws CliProblem with every place where it cannot be read
 */
export async function readMapFile(cli: CliContext, path: string): Promise<ReadMapFile> {
  const name = path === "-" ? "standard input" : path;
  const parsed = parseMapFile(await cli.readText(path));
  if (parsed.ok) return parsed;
  const lines = parsed.problems.map(({ line, column, path: place, message }) => {
    const where = place === "" ? "" : `${place}: `;
    return `${name}:${line}:${column} ${where}${message}`;
  });
  const message = [...lines, "Nothing was changed."].join("\n");
  throw new CliProblem(EXIT.usage, message, parsed.problems);
}
