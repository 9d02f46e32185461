import { router } from "../trpc.ts";
import { list } from "./list.ts";
import { verify } from "./verify.ts";

/** The audit log: every change, and proof that none was altered. */
export const audit = router({ list, verify });
