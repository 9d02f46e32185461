/** Where this device keeps what the reader chose: "light", "dark" or "system". */
export const THEME_KEY = "fieldline:theme";
/** Whether the navigation stands open: "open" or "closed". */
export const RAIL_KEY = "fieldline:rail";

/** Below this width the navigation starts closed, to leave the room to the work. */
const RAIL_OPEN_MIN_PX = 1_280;

/**
 * Runs in <head> before anything is painted, so that neither the theme nor the navigation jumps:
 * sets `data-theme` (light, dark) and `data-rail` (open, closed) on <html>. On every page, with or
 * without the studio around it, it then follows the system's own switch at dusk.
 */
export const FIRST_PAINT_SCRIPT = `(() => {
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const stored = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  };
  const paint = () => {
    const theme = stored("${THEME_KEY}") || "system";
    root.dataset.theme = theme === "system" ? (dark.matches ? "dark" : "light") : theme;
  };
  paint();
  dark.addEventListener("change", paint);
  const rail = stored("${RAIL_KEY}");
  root.dataset.rail = rail || (innerWidth >= ${RAIL_OPEN_MIN_PX} ? "open" : "closed");
})();`;
