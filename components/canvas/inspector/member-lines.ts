import { Member } from "../../../server/core/map/dimension.ts";
import { freeId } from "../gestures/free-id.ts";

const ID_MAX = 20;

/** Members as lines of a text: an id, then the name. "de German" */
export const textOf = (members: readonly Member[]): string =>
  members.map(({ id, name }) => `${id} ${name}`).join("\n");

/**
 * The members that lines name; a sentence where they do not. A line without an id is a name, and
 * its id is made of it.
 *
 * "de German\nWeb shop" => [{ id: "de", name: "German" }, { id: "web-shop", name: "Web shop" }]
 */
export function membersOf(text: string): Member[] | string {
  const lines = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  if (lines.length === 0) return "Name one member or more.";
  const members: Member[] = [];
  for (const line of lines) {
    const member = memberOf(line);
    const found = Member.safeParse(member);
    if (!found.success) return `“${member.name}” is too long.`;
    if (members.some(({ id }) => id === member.id)) return `“${member.id}” is there twice.`;
    members.push(found.data);
  }
  return members;
}

function memberOf(line: string): Member {
  const [, id, name] = /^([a-z][a-z0-9-]*)\s+(.+)$/.exec(line) ?? [];
  if (id !== undefined && name !== undefined && id.length <= ID_MAX) return { id, name };
  return { id: freeId(line, []).slice(0, ID_MAX).replace(/-+$/, ""), name: line };
}
