import type { Random } from "../../platform/random.ts";

/** The seed's decisions: everything that is left to chance in a run is drawn here, in one order. */
export type Dice = {
  readonly random: Random;
  /** True with this probability, 0 to 1. */
  chance(probability: number): boolean;
  /** One of the list, each as likely as the others. The list must not be empty. */
  pick<T>(list: readonly T[]): T;
  /** The list in another order. */
  shuffle<T>(list: readonly T[]): T[];
  /** One of the choices, each as likely as its weight says; null when none weighs anything. */
  weigh<T>(choices: readonly (readonly [number, T])[]): T | null;
};

export function makeDice(random: Random): Dice {
  return {
    random,
    chance: (probability) => random.fraction() < probability,
    pick(list) {
      const chosen = list[random.integer(0, list.length - 1)];
      if (chosen === undefined) throw new Error("There is nothing to pick from.");
      return chosen;
    },
    shuffle(list) {
      const left = [...list];
      const shuffled = [];
      while (left.length > 0) {
        shuffled.push(...left.splice(random.integer(0, left.length - 1), 1));
      }
      return shuffled;
    },
    weigh(choices) {
      const total = choices.reduce((sum, [weight]) => sum + weight, 0);
      if (total <= 0) return null;
      let left = random.fraction() * total;
      for (const [weight, choice] of choices) {
        left -= weight;
        if (left < 0) return choice;
      }
      return choices.at(-1)?.[1] ?? null;
    },
  };
}
