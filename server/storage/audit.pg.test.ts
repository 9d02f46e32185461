import { afterAll, beforeAll, expect, test } from "vitest";
import { type Hub, openHub } from "../../db/client.ts";
import type { AuditEntry } from "../core/audit/audit-entry.ts";
import type { LinkId, RecordId } from "../core/ids.ts";
import { createTestDatabase, type TestDatabase } from "../testing/database.ts";
import { appendAudit, verifyAuditChain } from "./audit.ts";

const RECORD = "019ca945-0000-7000-8000-000000000001" as RecordId;
const LINK = "019ca945-0000-7000-8000-00000000000a" as LinkId;

let database: TestDatabase;
let hub: Hub;
beforeAll(async () => {
  database = await createTestDatabase();
  hub = openHub(database.url, 2);
});
afterAll(async () => {
  await hub.close();
  await database.drop();
});

const cause = { position: null, transaction: null, at: null };
const accepted: AuditEntry = {
  ...{ kind: "accepted", actor: "system:erp", entity: "product", record: RECORD, link: LINK },
  ...{ system: "erp", field: "name", before: "a", after: null, rule: "owner", cause },
};
const LINES: readonly AuditEntry[] = [
  accepted,
  { ...accepted, before: 'quo"te', after: { x: [1, "\\"] } as never },
  { ...accepted, actor: "engine", kind: "stored", system: "shop", rule: "delivery" },
  { ...accepted, losers: [{ from: "system:crm", value: "b", at: null }] },
  { ...accepted, record: null, link: null, system: null, field: null },
];

async function append(lines: readonly AuditEntry[]): Promise<void> {
  await hub.sql.begin((tx) =>
    appendAudit(tx, lines, { stream: "capture:erp", at: "2026-01-01", mapVersion: 1, run: null }),
  );
}

test("lines of different shapes are kept each as it is, and their chain is whole", async () => {
  await append(LINES);
  await append(LINES.toReversed());
  const kept = await hub.sql<{ number: number; kind: string; system: string | null }[]>`
    select number, kind, actor, entity, record, link, system, field, before, after, losers, rule
    from audit_entries order by number`;
  const whole = [...LINES, ...LINES.toReversed()].map(({ cause: _, ...line }, place) => ({
    ...{ number: place + 1, losers: null },
    ...line,
  }));
  expect(kept).toEqual(whole);
  expect(await verifyAuditChain(hub.sql)).toEqual({ streams: 1, lines: 10, problems: [] });
});

test("a line that was altered is noticed by its own salt", async () => {
  await hub.sql`update audit_entries set actor = 'nobody' where number = 3`;
  const { problems } = await verifyAuditChain(hub.sql);
  expect(problems).toEqual(["Audit chain capture:erp: a line from 1 to 5 was altered."]);
});
