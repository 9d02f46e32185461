import { Icon } from "../ui/icon.tsx";
import { type BulletRole, LineBullet } from "../values/line-bullet.tsx";
import { actorWords, type NamedSystem } from "./actor-words.ts";

type ActorMarkProps = {
  /** "system:erp", "person:ana@example.com", "engine". */
  actor: string;
  systems: readonly NamedSystem[];
  /** What a system is here; the mark of whoever did something is solid. */
  as?: BulletRole | undefined;
  size?: 16 | 20 | 28 | undefined;
  /** Only the mark; the name is spoken. */
  bare?: boolean | undefined;
  /** The system that it was done to, where that is another one. */
  to?: string | null | undefined;
};

/**
 * Who did it: a system's bullet, a person, or the engine, with the name beside it.
 *
 * <ActorMark actor="system:erp" systems={systems} />
 */
export function ActorMark({ actor, systems, as, size = 16, bare, to }: ActorMarkProps) {
  const who = actorWords(actor, systems);
  const mark =
    who.kind === "system" && who.system !== undefined ? (
      <LineBullet system={who.system} as={as ?? "owner"} size={size} quiet={bare !== true} />
    ) : (
      <Icon
        name={ICONS[who.kind]}
        size={size === 28 ? 24 : size}
        className="text-ink-2"
        label={bare === true ? who.name : undefined}
      />
    );
  if (bare === true) return mark;
  return (
    <span className="inline-flex min-w-0 items-center gap-2" title={who.name}>
      {mark}
      <span className="truncate">{who.name}</span>
      {to != null && actor !== `system:${to}` && <Target system={to} systems={systems} />}
    </span>
  );
}

function Target({ system, systems }: { system: string; systems: readonly NamedSystem[] }) {
  return (
    <>
      <Icon name="arrow-right" size={14} className="text-ink-3" />
      <span className="sr-only">to</span>
      <ActorMark actor={`system:${system}`} systems={systems} as="contributor" bare />
    </>
  );
}

const ICONS = { system: "cylinder", person: "person", engine: "interchange" } as const;
