import type { Hub } from "../../../db/client.ts";
import type { Clock } from "../../platform/clock.ts";
import type { IdSource } from "../../platform/ids.ts";

/** Who acts, and with what: the same for the screens and the command line. */
export type ActContext = {
  readonly hub: Hub;
  readonly clock: Clock;
  readonly ids: IdSource;
  /** The e-mail address of the person whose act this is. */
  readonly person: string;
};
