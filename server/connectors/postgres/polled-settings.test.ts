import { expect, test } from "vitest";
import { FailureError } from "../../core/run/failure.ts";
import { pollingOf } from "./polled-settings.ts";

const ACCESS = { host: "localhost", database: "shop" };

test("how far reads may lag is said in seconds, and is nothing where it is left out", () => {
  expect(pollingOf({ ...ACCESS, staleSeconds: "2.5" })).toMatchObject({ staleMs: 2_500 });
  expect(pollingOf(ACCESS)).toMatchObject({ staleMs: 0 });
  expect(() => pollingOf({ ...ACCESS, staleSeconds: "-1" })).toThrow(FailureError);
});
