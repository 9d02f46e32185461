import type { Trace } from "../../connector.ts";
import type { Access } from "../settings.ts";
import { quoteName } from "../sql.ts";
import { publicationName, slotName, slotPrefix } from "./names.ts";

/**
 * What a hub leaves in a database: a slot, which keeps the server's log for us until it is
 * dropped, and a publication, which costs nothing.
 * @param access null where it is not known: a slot's name has a digest of its database
 */
export function tracesOf(access: Access | null, hub: string): readonly Trace[] {
  const publication = publicationName(hub);
  const database = access === null ? "the database" : `the database ${access.database}`;
  return [
    access === null ? anySlot(hub) : oneSlot(slotName(hub, access.database), access),
    {
      what: `the publication ${publication} in ${database}`,
      removal: `drop publication if exists ${quoteName(publication)};`,
    },
  ];
}

function oneSlot(name: string, { host, port }: Access): Trace {
  return {
    what: `the replication slot ${name} of the server ${host}:${port}`,
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
