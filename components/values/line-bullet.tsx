import type { CSSProperties } from "react";
import type { MapSystem } from "../../server/core/map/document.ts";
import { cx } from "../ui/cx.ts";

/** What a bullet needs to know of a system. */
export type BulletSystem = Pick<MapSystem, "name" | "code" | "line"> & {
  /** Not heard from as often as it should be, or paused. */
  stale?: boolean | undefined;
  /** Carries real business; drawn with a second ring. */
  production?: boolean | undefined;
};

/** What the system is to the field or value that the bullet stands before. */
export const BULLET_ROLES = ["owner", "contributor", "reader", "conflict", "overridden"] as const;
export type BulletRole = (typeof BULLET_ROLES)[number];

type LineBulletProps = {
  system: BulletSystem;
  as?: BulletRole | undefined;
  /** 16 tables, 20 nodes, 28 headers, 40 the page of systems. */
  size?: 16 | 20 | 28 | 40 | undefined;
  /** The other contender, for `as="conflict"`. */
  against?: BulletSystem | undefined;
  /** The name stands beside it in words: say nothing twice. */
  quiet?: boolean | undefined;
};

/**
 * The mark of a system: two letters on its line's colour. It stands before every value, and its
 * form says what the system is to it, so that it reads in one colour too.
 *
 * <LineBullet system={erp} as="owner" size={20} />
 */
export function LineBullet(props: LineBulletProps) {
  const { system, as: role = "owner", size = 16, against, quiet } = props;
  const name = bulletName(system, role, against);
  const split = role === "conflict" ? (against ?? system) : undefined;
  return (
    <span
      role="img"
      aria-hidden={quiet === true ? true : undefined}
      aria-label={name}
      title={name}
      data-mark={markOf(system, role)}
      className={cx(BASE, formClass(system, role), system.production === true && PRODUCTION)}
      style={bulletStyle(system, role, size, split)}
    >
      {role === "reader" && <span className="size-1.5 shrink-0 rounded-full bg-(--line)" />}
      {split === undefined ? system.code : <SplitCodes {...{ system, split, size }} />}
    </span>
  );
}

/** How the reader's own two colours draw it: filled, open, or in its own colours. */
function markOf(system: BulletSystem, role: BulletRole): "solid" | "open" | "split" {
  if (role === "conflict") return "split";
  const solid = role === "owner" || role === "overridden";
  return solid && system.stale !== true ? "solid" : "open";
}

/** Each contender's letter in its own half; both codes where there is room. */
function SplitCodes(props: { system: BulletSystem; split: BulletSystem; size: number }) {
  const letters = props.size >= 28 ? 2 : 1;
  return (
    <span className="flex size-full flex-col justify-between leading-none">
      <span className="self-start">{props.system.code.slice(0, letters)}</span>
      <span className="self-end">{props.split.code.slice(0, letters)}</span>
    </span>
  );
}

const BASE =
  "inline-flex shrink-0 items-center justify-center rounded-bullet font-mono font-bold " +
  "leading-none tracking-tight select-none";

/** Sizes of the letters, in px; two of them fill the square without touching its ring. */
const LETTER_PX = {
  plain: { 16: 10, 20: 12, 28: 15, 40: 20 },
  ring: { 16: 9, 20: 11, 28: 14, 40: 20 },
  split: { 16: 8, 20: 9, 28: 10, 40: 14 },
} as const;

const PRODUCTION = "outline-1 outline-offset-1 outline-(--line)";

const FORMS: Record<BulletRole, string> = {
  owner: "bg-(--line) text-on-line",
  contributor: "border-2 border-(--line) bg-on-line text-(--line)",
  reader: "gap-0.5 text-ink-2",
  conflict: "border-2 border-conflict text-on-line",
  overridden: "bg-ink text-enamel",
};

const STALE = "border-2 border-(--line) bg-panel text-ink hatch-line";

function formClass(system: BulletSystem, role: BulletRole): string {
  return system.stale === true && role !== "conflict" ? STALE : FORMS[role];
}

function bulletStyle(
  system: BulletSystem,
  role: BulletRole,
  size: 16 | 20 | 28 | 40,
  split: BulletSystem | undefined,
): CSSProperties {
  const line = `var(--line-${system.line})`;
  const style: Record<string, string | number> = {
    "--line": line,
    height: rem(size),
    fontSize: rem(LETTER_PX[lettering(system, role)][size]),
  };
  if (role !== "reader" || system.stale === true) style["width"] = rem(size);
  if (split !== undefined) {
    const other = `var(--line-${split.line})`;
    style["background"] = `linear-gradient(135deg, ${line} 0 50%, ${other} 50% 100%)`;
  }
  if (role === "overridden") style["clipPath"] = PIN_NOTCH;
  return style;
}

/** Px at the usual size of text; grows with the reader's. */
function rem(px: number): string {
  return `${px / 16}rem`;
}

function lettering(system: BulletSystem, role: BulletRole): "plain" | "ring" | "split" {
  if (role === "conflict") return "split";
  return role === "contributor" || system.stale === true ? "ring" : "plain";
}

/** A square whose upper right corner is notched, as if pinned there. */
const PIN_NOTCH = "polygon(0 0, 74% 0, 74% 14%, 86% 26%, 100% 26%, 100% 100%, 0 100%)";

/** The spoken name: "Shop, contributor, stale". */
export function bulletName(
  system: BulletSystem,
  role: BulletRole,
  against?: BulletSystem | undefined,
): string {
  const parts = [system.name, ROLE_NAMES[role]];
  if (role === "conflict" && against !== undefined) {
    parts.splice(0, 2, `${system.name} against ${against.name}`, ROLE_NAMES.conflict);
  }
  if (system.stale === true) parts.push("stale");
  if (system.production === true) parts.push("production");
  return parts.join(", ");
}

const ROLE_NAMES: Record<BulletRole, string> = {
  owner: "owner",
  contributor: "contributes",
  reader: "reads only",
  conflict: "in conflict",
  overridden: "overridden by a person",
};
