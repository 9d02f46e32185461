import type { Outputs } from "../../../server/api/root.ts";

export type Need = Outputs["home"]["needs"][number];

export type NeedWords = {
  /** What to do, with how many: "Decide 12 conflicts in Product". */
  readonly act: string;
  /** What it is about, in a few words. */
  readonly why: string;
  /** What the button says. */
  readonly verb: string;
  /** Where it is done, filtered to exactly this; null where no screen helps. */
  readonly href: string | null;
};

/** How a need reads. `names` gives the names of entities and systems by their ids. */
export function needWords(need: Need, names: ReadonlyMap<string, string>): NeedWords {
  const entity = need.entity === null ? "" : ` in ${names.get(need.entity) ?? need.entity}`;
  const system = need.systems[0] ?? "";
  const systemName = names.get(system) ?? system;
  switch (need.kind) {
    case "engine":
      return {
        act: "Start an engine",
        why: "None is running: nothing is read or written until one does.",
        verb: "See systems",
        href: "/systems",
      };
    case "failing":
      return {
        act: `Mend the connection to ${systemName}`,
        why: need.detail ?? "It does not answer.",
        verb: "Mend",
        href: `/systems/${system}`,
      };
    case "drift":
      return {
        act: `Look at ${counted(need.count, "changed table")} of ${systemName}`,
        why: need.detail ?? "",
        verb: "Look",
        href: `/systems/${system}?show=drift`,
      };
    case "approval":
      return {
        act: `Allow or refuse a mass change${systemName === "" ? "" : ` of ${systemName}`}`,
        why: need.detail ?? "It is above the limits and waits.",
        verb: "Look",
        href: `/runs/${need.run ?? ""}`,
      };
    default:
      return groupWords(need, entity);
  }
}

function groupWords(need: Need, entity: string): NeedWords {
  const query = new URLSearchParams(need.entity === null ? {} : { entity: need.entity });
  if (need.kind === "held") {
    return {
      act: `Look at ${counted(need.count, "held item")}${entity}`,
      why: `${need.count === 1 ? "It breaks a rule or was" : "They break a rule or were"} refused; the rest goes on.`,
      verb: "Look",
      href: `/quarantine?${query}`,
    };
  }
  query.set("kind", need.kind);
  const href = `/conflicts?${query}`;
  if (need.kind === "delete") {
    return {
      act: `Decide ${counted(need.count, "delete")}${entity}`,
      why: "A row is gone on one side.",
      verb: "Decide",
      href,
    };
  }
  if (need.kind === "identity") {
    return {
      act: `Decide ${counted(need.count, "match", "matches")}${entity}`,
      why: "More than one record fits a row.",
      verb: "Decide",
      href,
    };
  }
  return {
    act: `Decide ${counted(need.count, "conflict")}${entity}`,
    why: "A field was changed on more than one side.",
    verb: "Decide",
    href,
  };
}

const FORMAT = new Intl.NumberFormat("en");

/** 1, "conflict" => "1 conflict"; 1200, "conflict" => "1,200 conflicts" */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${FORMAT.format(count)} ${count === 1 ? one : many}`;
}
