import { createHash } from "node:crypto";

/** Names of what we make in a system. A slot's is the whole server's, so the database is in it. */
export function slotName(hub: string, database: string): string {
  return `${slotPrefix(hub)}${digest(database)}`;
}

/** How the slots of a hub begin, in whatever database. */
export function slotPrefix(hub: string): string {
  return `fieldline_${slug(hub)}_`;
}

export function publicationName(hub: string): string {
  return `fieldline_${slug(hub)}`;
}

/** A short-lived slot, whose snapshot a load reads. */
export function loadSlotName(hub: string, database: string, number: number): string {
  return `${slotName(hub, database)}_${process.pid}_${number}`;
}

const SLUG_LENGTH_MAX = 30;

/** What a slot's name may hold. A hub that does not fit as it is gets a digest for its rest. */
function slug(hub: string): string {
  const plain = hub.toLowerCase().replace(/[^a-z0-9_]/g, "_");
  if (plain === hub && hub.length <= SLUG_LENGTH_MAX) return hub;
  return `${plain.slice(0, SLUG_LENGTH_MAX - 9)}_${digest(hub)}`;
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 8);
}
