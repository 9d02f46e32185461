import { router } from "../trpc.ts";
import { correct } from "./correct.ts";
import { dismiss } from "./dismiss.ts";
import { find } from "./find.ts";
import { groups } from "./groups.ts";
import { items } from "./items.ts";
import { letBe } from "./let-be.ts";
import { replay } from "./replay.ts";
import { replays } from "./replays.ts";
import { startReplay } from "./start-replay.ts";
import { stopReplay } from "./stop-replay.ts";
import { takeUp } from "./take-up.ts";

/** What waits because it failed. */
export const quarantine = router({
  correct,
  dismiss,
  find,
  groups,
  items,
  letBe,
  replay,
  replays,
  startReplay,
  stopReplay,
  takeUp,
});
