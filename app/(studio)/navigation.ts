import type { NavEntry } from "../../components/shell/nav-entry.ts";

/** The screens, in the order of the navigation. */
export const NAVIGATION: readonly NavEntry[] = [
  { id: "home", href: "/", label: "Home", icon: "home", letter: "h", primary: true },
  { id: "systems", href: "/systems", label: "Systems", icon: "cylinder", letter: "s" },
  {
    id: "entities",
    href: "/entities",
    label: "Entities",
    icon: "interchange",
    letter: "e",
    primary: true,
  },
  { id: "versions", href: "/versions", label: "Versions", icon: "branch", letter: "v" },
  { id: "runs", href: "/runs", label: "Runs", icon: "pulse", letter: "r" },
  {
    id: "conflicts",
    href: "/conflicts",
    label: "Conflicts",
    icon: "diverge",
    letter: "c",
    primary: true,
    counts: "open conflicts",
  },
  {
    id: "quarantine",
    href: "/quarantine",
    label: "Quarantine",
    icon: "octagon",
    letter: "q",
    counts: "held",
  },
  { id: "records", href: "/records", label: "Records", icon: "card", letter: "d", primary: true },
  { id: "audit", href: "/audit", label: "Audit", icon: "ledger", letter: "a" },
];
