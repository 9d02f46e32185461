export const INSPECTOR_ID = "map-inspector";

/** Puts the keyboard into the inspector, once it is on the page. */
export function focusInspector(): void {
  requestAnimationFrame(() => {
    requestAnimationFrame(() => document.getElementById(INSPECTOR_ID)?.focus());
  });
}
