import type { OwnershipRule } from "../../../server/core/map/document.ts";

/** One system in the ranked list of a field. */
export type Rank = {
  readonly system: string;
  readonly when: "always" | "blank";
  /** It has the same rank as the one above it. */
  readonly isTied: boolean;
};

/** The ranked list of a rule, one line per system; empty without a rule. */
export function ranksOf(rule: OwnershipRule | undefined): Rank[] {
  return (rule?.tiers ?? []).flatMap(({ systems, when }) =>
    systems.map((system, at) => ({ system, when, isTied: at > 0 })),
  );
}

/**
 * The rule with another ranked list; null for an empty one: every system may decide. Who is not in
 * the list any more has no right to clear either.
 */
export function ruleOf(
  ranks: readonly Rank[],
  rule: Omit<OwnershipRule, "tiers"> = { refused: "revert" },
): OwnershipRule | null {
  const tiers: OwnershipRule["tiers"] = [];
  for (const { system, when, isTied } of ranks) {
    const last = tiers.at(-1);
    if (isTied && last !== undefined) last.systems.push(system);
    else tiers.push({ systems: [system], when });
  }
  if (tiers.length === 0) return null;
  const clear = rule.clear?.filter((id) => ranks.some(({ system }) => system === id));
  return { ...rule, tiers, ...(clear !== undefined && { clear }) };
}

/** The rule with another right to clear; all of its systems is no limit at all. */
export function withClearing(
  rule: OwnershipRule,
  system: string,
  mayClear: boolean,
): OwnershipRule {
  const systems = rule.tiers.flatMap((tier) => tier.systems);
  const { clear = systems, ...rest } = rule;
  const next = systems.filter((id) => (id === system ? mayClear : clear.includes(id)));
  return next.length === systems.length ? rest : { ...rest, clear: next };
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
