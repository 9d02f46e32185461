import { router } from "../trpc.ts";
import { evidence } from "./evidence.ts";
import { list } from "./list.ts";
import { resolve } from "./resolve.ts";
import { undo } from "./undo.ts";

/** Questions that a person must answer. */
export const conflicts = router({ evidence, list, resolve, undo });
