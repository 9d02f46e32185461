import type { Edit } from "../../core/map/edits/edit.ts";
import { editDraft } from "../../engine/acts/draft.ts";
import { readDraft } from "../../storage/drafts.ts";
import { actOf, type Person, type Services } from "../context.ts";
import { Problem } from "../problem.ts";

/**
 * Makes an edit of a system's identity on the present draft. Returns words for it.
 * @throws Problem when it cannot be made; then nothing has changed
 */
export async function editSystem(
  ctx: Services & { readonly person: Person },
  edit: Edit,
): Promise<string> {
  const { revision } = await readDraft(ctx.hub.sql);
  const outcome = await editDraft(actOf(ctx), { revision, edit });
  switch (outcome.kind) {
    case "done":
      return outcome.label;
    case "refused":
      throw new Problem({
        code: "CONFLICT",
        kind: outcome.refusal.code,
        message: `${outcome.refusal.message} Nothing was changed.`,
      });
    case "moved":
      throw new Problem({ code: "CONFLICT", kind: "moved", message: outcome.message });
    default:
      return "";
  }
}
