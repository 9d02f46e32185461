import { router } from "../trpc.ts";
import { find } from "./find.ts";
import { history } from "./history.ts";
import { link } from "./link.ts";
import { list } from "./list.ts";
import { setValue } from "./set-value.ts";
import { unlink } from "./unlink.ts";

/** Records: what each system holds of them, and why. */
export const records = router({ find, history, link, list, setValue, unlink });
