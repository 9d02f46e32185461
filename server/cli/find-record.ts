import type { RecordId } from "../core/ids.ts";
import { suggestion } from "../core/map/checks/problem.ts";
import { readLiveVersion } from "../storage/maps.ts";
import { findRecords } from "../storage/screens/command-line.ts";
import type { CliContext } from "./cli-context.ts";
import { CliProblem, EXIT, unknown } from "./exit-code.ts";

/**
 * The one record that a person names: by its id, by a match key's value, or by a row of a system
 * ("erp:42").
 * @throws CliProblem when there is none, or more than one
 */
export async function findRecord(
  { hub }: CliContext,
  entity: string,
  name: string,
): Promise<RecordId> {
  const document = (await readLiveVersion(hub.sql))?.document;
  const entities = (document?.entities ?? []).map(({ id }) => id);
  if (!entities.includes(entity)) {
    const message = `The live map has no entity ${entity}.${suggestion(entity, entities)}`;
    throw new CliProblem(EXIT.usage, message);
  }
  const [first, ...others] = await findRecords(hub.sql, { entity, name });
  if (first === undefined) throw unknown(entity, name);
  if (others.length === 0) return first;
  const list = [first, ...others];
  const message = `${name} names ${list.length} records. Use an id: ${list.join(", ")}.`;
  throw new CliProblem(EXIT.usage, message, list);
}
