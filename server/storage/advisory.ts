import type { Transaction } from "../../db/client.ts";

/** The setting by which a transaction says that it works on tables of its own. */
export const ALONE = "fieldline.alone";

/**
 * For statements that hold others up by an advisory lock: whoever works on tables of its own, as a
 * preview does, has nothing to share with them.
 */
export const unlessAlone = (tx: Transaction) =>
  tx`where current_setting(${ALONE}, true) is distinct from 'yes'`;
