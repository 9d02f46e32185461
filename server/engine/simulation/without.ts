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
  const server = new URL("../../", import.meta.url).href;
  const changed = new Set(protection.changes.map(({ file }) => server + file));
  registerHooks({
    load(url, context, next) {
      const loaded = next(url, context);
      if (!changed.has(url)) return loaded;
      const source = take(protection, url.slice(server.length), String(loaded.source));
      return { ...loaded, source };
    },
  });
}
