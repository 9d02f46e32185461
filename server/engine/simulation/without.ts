import { registerHooks } from "node:module";
import { PROTECTIONS, take } from "./protections.ts";

/**
 * From here on every module is loaded as it would be without a protection. Only what is imported
 * after this call is.
 * @throws Error when there is no such protection
 */
export function without(name: string): void {
  const protection = PROTECTIONS.find((one) => one.name === name);
  if (protection === undefined) {
    const names = PROTECTIONS.map((one) => one.name).join(", ");
    throw new Error(`There is no protection "${name}". There are: ${names}.`);
  }
  const url = new URL(`../../${protection.file}`, import.meta.url).href;
  registerHooks({
    load(module, context, next) {
      const loaded = next(module, context);
      if (module !== url) return loaded;
      return { ...loaded, source: take(protection, String(loaded.source)) };
    },
  });
}
