import type { BulletSystem } from "../values/line-bullet.tsx";

/** A system as the map names it. */
export type NamedSystem = BulletSystem & { readonly id: string };

/** Who or what: a system, a person by their address, or the engine itself. */
export type ActorWords =
  | { readonly kind: "system"; readonly name: string; readonly system: NamedSystem | undefined }
  | { readonly kind: "person" | "engine"; readonly name: string };

/**
 * "system:erp" => ERP with its mark; "person:ana@example.com" => ana@example.com; "engine" and
 * "hub" => Fieldline
 */
export function actorWords(actor: string, systems: readonly NamedSystem[]): ActorWords {
  if (actor.startsWith("person:")) return { kind: "person", name: actor.slice("person:".length) };
  if (!actor.startsWith("system:")) return { kind: "engine", name: "Fieldline" };
  const id = actor.slice("system:".length);
  const system = systems.find((one) => one.id === id);
  return { kind: "system", name: system?.name ?? id, system };
}
