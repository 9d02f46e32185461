import type { Condition, OwnershipRule, Rights } from "../../../server/core/map/document.ts";

/** One system in the ranked list of a field. */
export type Rank = {
  readonly system: string;
  readonly when: "always" | "blank";
  /** It has the same rank as the one above it. */
  readonly isTied: boolean;
};

/** The ranked list of a rule, one line per system; empty without a rule. */
export function ranksOf(rule: Rights | undefined): Rank[] {
  return (rule?.tiers ?? []).flatMap(({ systems, when }) =>
    systems.map((system, at) => ({ system, when, isTied: at > 0 })),
  );
}

/**
 * The rights with another ranked list; null for an empty one: every system may decide. Who is not
 * in the list any more has no right to clear either.
 */
export function ruleOf<Rest extends Omit<Rights, "tiers">>(
  ranks: readonly Rank[],
  rest: Rest,
): (Rest & Rights) | null {
  const tiers: Rights["tiers"] = [];
  for (const { system, when, isTied } of ranks) {
    const last = tiers.at(-1);
    if (isTied && last !== undefined) last.systems.push(system);
    else tiers.push({ systems: [system], when });
  }
  if (tiers.length === 0) return null;
  const clear = rest.clear?.filter((id) => ranks.some(({ system }) => system === id));
  return { ...rest, tiers, ...(clear !== undefined && { clear }) };
}

/** The rights with another right to clear; all of their systems is no limit at all. */
export function withClearing<Own extends Rights>(
  rights: Own,
  system: string,
  mayClear: boolean,
): Own {
  const systems = rights.tiers.flatMap((tier) => tier.systems);
  const { clear = systems, ...rest } = rights;
  const next = systems.filter((id) => (id === system ? mayClear : clear.includes(id)));
  const limit = next.length === systems.length ? {} : { clear: next };
  return { ...rest, ...limit } as Own;
}

/** One case more, the last: as long as nobody says otherwise the same decide. */
export function withCase(rule: OwnershipRule, when: Condition[]): OwnershipRule {
  const { cases = [], tiers, refused } = rule;
  return { ...rule, cases: [...cases, { when, tiers, refused }] };
}

/** The rule with other rights in one of its cases. */
export function withRights(rule: OwnershipRule, at: number, rights: Rights): OwnershipRule {
  const { cases = [] } = rule;
  const one = cases[at];
  if (one === undefined) return rule;
  return { ...rule, cases: cases.with(at, { ...rights, when: one.when }) };
}

export function withoutCase(rule: OwnershipRule, at: number): OwnershipRule {
  const { cases = [], ...rest } = rule;
  const left = cases.toSpliced(at, 1);
  return left.length === 0 ? rest : { ...rest, cases: left };
}

/** A case one place earlier. */
export function moveCase(rule: OwnershipRule, from: number): OwnershipRule {
  const { cases = [] } = rule;
  const moved = cases[from];
  if (moved === undefined || from === 0) return rule;
  return { ...rule, cases: cases.toSpliced(from, 1).toSpliced(from - 1, 0, moved) };
}

/** Puts a system before all others; those keep their order. */
export function withOwner(ranks: readonly Rank[], system: string): Rank[] {
  const others = untied(ranks.filter((rank) => rank.system !== system));
  return [{ system, when: "always", isTied: false }, ...others];
}

/** Moves a line; one that loses what it was tied to stands alone. */
export function moved(ranks: readonly Rank[], from: number, to: number): Rank[] {
  const rank = ranks[from];
  if (rank === undefined) return [...ranks];
  return untied(ranks.toSpliced(from, 1).toSpliced(to, 0, { ...rank, isTied: false }));
}

export function without(ranks: readonly Rank[], system: string): Rank[] {
  return untied(ranks.filter((rank) => rank.system !== system));
}

/** Changes a line; systems of one rank decide under one condition. */
export function changed(ranks: readonly Rank[], at: number, changes: Partial<Rank>): Rank[] {
  const next = ranks.map((rank, place) => (place === at ? { ...rank, ...changes } : rank));
  let start = at;
  while (start > 0 && next[start]?.isTied === true) start -= 1;
  const leader = changes.isTied === true ? next[start] : next[at];
  return next.map((rank, place) => {
    const isOfTier = place >= start && isTiedTo(next, start, place);
    return isOfTier && leader !== undefined ? { ...rank, when: leader.when } : rank;
  });
}

function isTiedTo(ranks: readonly Rank[], start: number, place: number): boolean {
  return ranks.slice(start + 1, place + 1).every(({ isTied }) => isTied);
}

/** The first line has nothing above it. */
function untied(ranks: readonly Rank[]): Rank[] {
  return ranks.map((rank, at) => (at === 0 ? { ...rank, isTied: false } : rank));
}
