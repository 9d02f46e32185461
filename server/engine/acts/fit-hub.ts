import type { Transaction } from "../../../db/client.ts";
import type { MapDocument } from "../../core/map/document.ts";
import { entitiesToRekey } from "../../core/map/rekeyed.ts";
import type { Schemas } from "../../core/map/schemas-for.ts";
import { compileMap } from "../../core/plan/compile-map.ts";
import { rekeyRecords } from "../../storage/rekey-records.ts";
import { forgetNames } from "../../storage/row-names.ts";

/** Brings what the hub keeps of records beside their values in line with a new version. */
export async function fitHub(
  tx: Transaction,
  {
    before,
    document,
    schemas,
  }: { readonly before: MapDocument; readonly document: MapDocument; readonly schemas: Schemas },
): Promise<void> {
  for (const entity of entitiesToRekey(before, document)) await rekeyRecords(tx, entity);
  await forgetNames(tx, namesIn(document, schemas));
}

/** How rows are named by the document where it refers to them by other columns than their key. */
function namesIn(document: MapDocument, schemas: Schemas): string[] {
  const refers = document.bindings.some(({ edges }) =>
    edges.some(({ refersBy }) => refersBy !== undefined),
  );
  if (!refers) return [];
  const schemaOf = (system: string, object: string) =>
    schemas[system]?.find(({ name }) => name === object) ?? null;
  return [...compileMap(0, document, schemaOf).namings.keys()];
}
