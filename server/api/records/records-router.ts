import { router } from "../trpc.ts";
import { find } from "./find.ts";
import { history } from "./history.ts";
import { link } from "./link.ts";
import { list } from "./list.ts";
import { merge } from "./merge.ts";
import { name } from "./name.ts";
import { previewMerge } from "./preview-merge.ts";
import { previewUnmerge } from "./preview-unmerge.ts";
import { setValue } from "./set-value.ts";
import { unlink } from "./unlink.ts";
import { unmerge } from "./unmerge.ts";

/** Records: what each system holds of them, and why. */
export const records = router({
  ...{ find, history, link, list, name, setValue, unlink },
  ...{ merge, previewMerge, unmerge, previewUnmerge },
});
