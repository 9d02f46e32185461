/** The first admin, and where their session is kept for the journeys. */
export const PERSON = {
  name: "Ana Admin",
  email: "ana@example.com",
  password: "correct horse battery",
  file: "test-results/ana.json",
} as const;
