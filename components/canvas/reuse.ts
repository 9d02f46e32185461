import { isSame } from "../../server/core/map/same.ts";

/**
 * The elements of `next`, each as the object that it was before where nothing about it changed:
 * what is the same object is not drawn again.
 */
export function reuse<Element extends { readonly id: string }>(
  before: readonly Element[],
  next: readonly Element[],
): Element[] {
  const known = new Map(before.map((element) => [element.id, element]));
  return next.map((element) => {
    const was = known.get(element.id);
    return was !== undefined && isSame(was, element) ? was : element;
  });
}
