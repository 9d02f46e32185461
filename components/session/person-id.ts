"use client";

import { createContext, use } from "react";
import { present } from "../../server/core/assert.ts";

/** The id of whom the page was made for. */
export const PersonId = createContext<string | null>(null);

export function usePersonId(): string {
  return present(use(PersonId), "Only who is signed in sees the studio.");
}
