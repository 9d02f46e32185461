"use client";

import { Icon } from "../ui/icon.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import type { IconName } from "../ui/icon-paths.ts";
import { Menu } from "../ui/menu.tsx";
import { Segmented } from "../ui/segmented.tsx";
import { setTheme, THEMES, type Theme, useTheme } from "./reader-choices.ts";

const LOOKS: Record<Theme, { label: string; icon: IconName }> = {
  light: { label: "Light", icon: "sun" },
  dark: { label: "Dark", icon: "moon" },
  system: { label: "Like the system", icon: "monitor" },
};

/** Light, dark, or like the system: as a button with a menu, for the navigation. */
export function ThemeMenu() {
  const theme = useTheme();
  return (
    <Menu
      side="right"
      align="end"
      trigger={<IconButton icon={LOOKS[theme].icon} label={`Theme: ${LOOKS[theme].label}`} />}
      entries={THEMES.map((each) => ({
        label: LOOKS[each].label,
        mark: <Icon name={each === theme ? "check" : LOOKS[each].icon} size={16} />,
        onSelect: () => setTheme(each),
      }))}
    />
  );
}

/** The same as three segments, for the drawer of a narrow screen. */
export function ThemeSegments() {
  const theme = useTheme();
  return (
    <Segmented
      label="Theme"
      value={theme}
      onChange={setTheme}
      options={THEMES.map((each) => ({
        value: each,
        name: LOOKS[each].label,
        label: <Icon name={LOOKS[each].icon} size={16} />,
      }))}
    />
  );
}
