import type { TestApi } from "../../testing/caller.ts";
import type { MapSide } from "../map-side.ts";
import type { SeenImpact } from "../seen-impact.ts";

type Editor = ReturnType<TestApi["as"]>;

/** Looks at what a map would change, as whoever publishes does before. */
export async function lookedAt(editor: Editor, of: MapSide): Promise<SeenImpact> {
  for await (const telling of await editor.maps.preview({ of })) {
    if (telling.kind === "done") return { preview: telling.id, reason: "" };
  }
  throw new Error("The preview ended without a result.");
}
