import type { Option } from "../../../components/ui/select.tsx";
import type { Role } from "../../../server/core/roles.ts";

/** Each role with everything of the ones before it. */
export const ROLE_OPTIONS: readonly Option<Role>[] = [
  { value: "viewer", label: "Viewer", hint: "Sees everything" },
  { value: "steward", label: "Steward", hint: "Decides conflicts, corrects, sets values" },
  { value: "editor", label: "Editor", hint: "Draws and publishes the map" },
  { value: "admin", label: "Admin", hint: "Connects systems, invites people" },
];
