/** Where this device keeps what the reader chose: "light", "dark" or "system". */
export const THEME_KEY = "fieldline:theme";
/** Whether the navigation stands open: "open" or "closed". */
export const RAIL_KEY = "fieldline:rail";

/** Below this width the navigation starts closed, to leave the room to the work. */
const RAIL_OPEN_MIN_PX = 1_280;

/**
 * Runs in <head> before anything is painted, so that neither the theme nor the navigation jumps:
 * sets `data-theme` (light, dark) and `data-rail` (open, closed) on <html>.
 */
export const FIRST_PAINT_SCRIPT = `(() => {
  const root = document.documentElement;
  let theme = "system";
  let rail = null;
  try {
    theme = localStorage.getItem("${THEME_KEY}") || "system";
    rail = localStorage.getItem("${RAIL_KEY}");
  } catch {}
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = theme === "system" ? (dark ? "dark" : "light") : theme;
  root.dataset.rail = rail || (innerWidth >= ${RAIL_OPEN_MIN_PX} ? "open" : "closed");
})();`;
