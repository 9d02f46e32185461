import { describe, expect, test } from "vitest";
import { openSettings, sealSettings } from "../connectors/sealed-settings.ts";
import { createSecretBox } from "../platform/secrets.ts";
import { sandboxSettings } from "./sandbox-settings.ts";

const box = createSecretBox("ab".repeat(32));
const HUB = "postgres://fieldline:pass%20word@127.0.0.1:34567/fieldline";
const ERP = "postgres://fieldline:pass%20word@127.0.0.1:34567/fieldline_sandbox_erp";

describe("how a database of the sandbox is reached", () => {
  test("beside the hub, wherever its server listens at the next start", () => {
    const settings = sandboxSettings(ERP, HUB, () => HUB);
    const stored = sealSettings({ secrets: ["url", "password"] }, box, "erp", settings);
    expect(stored.secrets).toBeNull();
    const moved = HUB.replace("34567", "45678");
    expect(openSettings(box, "erp", stored, () => moved)).toEqual({
      url: moved,
      database: "fieldline_sandbox_erp",
    });
  });

  test("by its own address where it lies beside another hub", () => {
    expect(sandboxSettings(ERP, HUB, () => undefined)).toEqual({
      host: "127.0.0.1",
      port: 34_567,
      database: "fieldline_sandbox_erp",
      user: "fieldline",
      password: "pass word",
    });
  });
});
