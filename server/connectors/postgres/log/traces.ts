import type { Trace } from "../../connector.ts";
import { quoteName } from "../sql.ts";
import { publicationName, slotName, slotPrefix } from "./names.ts";

/**
 * What a hub leaves in a database: a slot, which keeps the server's log for us until it is
 * dropped, and a publication, which costs nothing.
 * @param database null where it is not known: a slot's name has a digest of it
 */
export function tracesOf(database: string | null, hub: string): readonly Trace[] {
  const publication = publicationName(hub);
  const place = database === null ? "the database" : `the database ${database}`;
  return [
    database === null ? anySlot(hub) : oneSlot(slotName(hub, database)),
    {
      what: `the publication ${publication} in ${place}`,
      removal: `drop publication if exists ${quoteName(publication)};`,
    },
  ];
}

function oneSlot(name: string): Trace {
  return {
    what: `the replication slot ${name} of the server`,
    removal: `${DROP_SLOT} where slot_name = '${name}';`,
  };
}

function anySlot(hub: string): Trace {
  const prefix = slotPrefix(hub);
  return {
    what: `a replication slot of the server whose name begins with ${prefix}`,
    removal: `${DROP_SLOT} where starts_with(slot_name::text, '${prefix}');`,
  };
}

/** Asked of the list of slots, so that one which is gone already is no error. */
const DROP_SLOT = "select pg_drop_replication_slot(slot_name) from pg_replication_slots";
