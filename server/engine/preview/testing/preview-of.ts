import type { Impact } from "../../../core/impact/impact.ts";
import type { MapDocument } from "../../../core/map/document.ts";
import { systemClock } from "../../../platform/clock.ts";
import { createIdSource } from "../../../platform/ids.ts";
import { createLog } from "../../../platform/log.ts";
import { systemRandom } from "../../../platform/random.ts";
import type { RunningHub } from "../../../testing/running-hub.ts";
import { type PreviewContext, type Previewed, previewImpact } from "../preview.ts";

/** A preview's context of a test's hub. */
export function previewContext({ hub, openSession }: RunningHub): PreviewContext {
  const ids = createIdSource(systemClock, systemRandom);
  const log = createLog({ clock: systemClock, level: "warn", format: "json" });
  return { hub, openSession, ids, log, clock: systemClock, random: systemRandom };
}

/** Previews a map on a test's hub; every row is given to be looked at. */
export function previewOf(
  running: RunningHub,
  document: MapDocument,
  more: Partial<Previewed> = {},
): Promise<Impact> {
  const { signal } = new AbortController();
  const of = { document, signal, progress: () => undefined, rowsMax: 10_000, ...more };
  return previewImpact(previewContext(running), of);
}
