import { z } from "zod";
import { quoteValue } from "../values/format-value.ts";
import { eachValue, type One, ofText } from "./each-value.ts";
import { defineTransform, problem } from "./transform.ts";

/** What stands before the @, as mail systems take it without quotes. */
const LOCAL =
  /^[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u;
const LABEL = /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?$/u;

/** Of RFC 5321: bytes there, and nearly so here. */
const LOCAL_LENGTH_MAX = 64;
const LENGTH_MAX = 254;

export const email = defineTransform({
  id: "email",
  summary: "Makes one form of e-mail addresses and stops what is none.",
  help:
    "Takes off spaces and 'mailto:', and writes the domain in small letters: it means the same in " +
    "every case. What stands before the @ stays as it is, with its plus and what follows it; " +
    "switch on small letters there too if your systems differ. What cannot be an address waits. " +
    "Whether anybody reads there is not asked. A row with the same address keeps its spelling.",
  accepts: ["text", "enum"],
  returns: ["text"],
  settings: z.strictObject({
    lower: z
      .boolean()
      .default(false)
      .describe("Also write what stands before the @ in small letters"),
  }),
  sentence: ({ lower }) =>
    `Writes ${lower ? "e-mail addresses" : "the domains of e-mail addresses"} in small letters.`,

  compile({ lower }) {
    const read = ofText((text) => normal(text, lower));
    return eachValue({ kind: "lossy", read, write: read });
  },

  examples: [
    {
      settings: {},
      forward: [" Ada@Example.ORG ", "mailto:Ada+news@Example.org", null, ""],
      gives: ["Ada@example.org", "Ada+news@example.org", null, ""],
    },
    { settings: { lower: true }, forward: ["Ada@Example.ORG"], gives: ["ada@example.org"] },
    { settings: {}, forward: ["jörg@müller.example"], gives: ["jörg@müller.example"] },
    { settings: {}, forward: ["ada"], fails: "email" },
    { settings: {}, forward: ["ada@localhost"], fails: "email" },
    { settings: {}, forward: ["ada@@example.org"], fails: "email" },
    { settings: {}, forward: ["a..b@example.org"], fails: "email" },
    { settings: {}, forward: ["Ada <ada@example.org>"], fails: "email" },
    { settings: {}, forward: ["a@example.org, b@example.org"], fails: "email" },
    { settings: {}, forward: ["ada@-example.org"], fails: "email" },
    {
      settings: {},
      backward: ["Ada@example.org"],
      previous: ["Ada@EXAMPLE.org"],
      gives: ["Ada@EXAMPLE.org"],
    },
    { settings: {}, backward: ["eve@example.org"], gives: ["eve@example.org"] },
  ],
});

function normal(text: string, lower: boolean): One {
  const address = text
    .normalize("NFC")
    .trim()
    .replace(/^mailto:/i, "");
  const at = address.lastIndexOf("@");
  const local = address.slice(0, Math.max(at, 0));
  const domain = address
    .slice(at + 1)
    .toLowerCase()
    .normalize("NFC");
  if (at < 0) return problem("email", `${quoteValue(text)} has no @.`);
  if (!LOCAL.test(local) || local.length > LOCAL_LENGTH_MAX) {
    return problem("email", `${quoteValue(text)} cannot stand so before the @.`);
  }
  const labels = domain.split(".");
  const isDomain = labels.length > 1 && labels.every((label) => LABEL.test(label));
  if (!isDomain || /^\d+$/.test(labels.at(-1) ?? "") || address.length > LENGTH_MAX) {
    return problem("email", `${quoteValue(text)} has no domain such as example.org.`);
  }
  return `${lower ? local.toLowerCase().normalize("NFC") : local}@${domain}`;
}
