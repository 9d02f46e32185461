import { Fault, type Node } from "./parse.ts";
import type { Names, Scope } from "./scope.ts";
import { type Type, typeWords } from "./types.ts";
import type { Value } from "./value.ts";

/** One part of an expression as a plain function. */
export type Part = {
  readonly type: Type;
  readonly node: Node;
  run(scope: Scope): Value;
};

/** What the parts of one expression are compiled with. */
export type Compiling = {
  readonly names: Names;
  /** Every name and member that is read, as "base" or "record.price". */
  readonly reads: Set<string>;
  part(node: Node, names?: Names): Part;
};

/** The part, where it is of the type. */
export function needs(part: Part, type: Type): Part {
  if (part.type.kind === type.kind) return part;
  throw new Fault(`This is ${typeWords(part.type)}, and ${typeWords(type)} is needed.`, part.node);
}
