import { expect, test } from "vitest";
import { createSecretBox } from "../platform/secrets.ts";
import { openSettings, sealSettings } from "./sealed-settings.ts";

const box = createSecretBox("0123456789abcdef".repeat(4));
const connector = { secrets: ["password"] };
const none = () => undefined;

test("secret settings are sealed, plain ones stay readable, and together they come back", () => {
  const settings = { host: "db.example.com", port: 5432, password: "hunter2" };
  const stored = sealSettings(connector, box, "erp", settings);
  expect(stored.settings).toEqual({ host: "db.example.com", port: 5432 });
  expect(stored.secrets).not.toContain("hunter2");
  expect(openSettings(box, "erp", stored, none)).toEqual(settings);
  expect(() => openSettings(box, "shop", stored, none)).toThrow(/belongs elsewhere/);
});

test("a reference stays one, and is looked up when it is needed", () => {
  const settings = { host: "db.example.com", password: { secret: "env:ERP_PASSWORD" } };
  const stored = sealSettings(connector, box, "erp", settings);
  expect(stored).toEqual({ settings, secrets: null });
  const variable = (name: string) => (name === "ERP_PASSWORD" ? "hunter2" : undefined);
  expect(openSettings(box, "erp", stored, variable)).toMatchObject({ password: "hunter2" });
  expect(() => openSettings(box, "erp", stored, none)).toThrow(/ERP_PASSWORD, which is not set/);
});
