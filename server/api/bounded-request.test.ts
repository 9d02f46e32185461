import { expect, test } from "vitest";
import { boundedRequest } from "./bounded-request.ts";

const post = (body: BodyInit, headers: Record<string, string> = {}) =>
  new Request("http://127.0.0.1/", {
    method: "POST",
    body,
    headers,
    duplex: "half",
  } as RequestInit);

/** A body without a length, that would go on for ever. */
function endless(): ReadableStream<Uint8Array> {
  return new ReadableStream({ pull: (stream) => stream.enqueue(new Uint8Array(1_000)) });
}

test("a body that says a larger length is not read", async () => {
  expect(await boundedRequest(post("x", { "content-length": "11" }), 10)).toBeNull();
  const small = await boundedRequest(post("x", { "content-length": "1" }), 10);
  expect(await small?.text()).toBe("x");
});

test("a body without a length is read up to the bound, and not one that never ends", async () => {
  const short = await boundedRequest(post("0123456789"), 10);
  expect(await short?.text()).toBe("0123456789");
  expect(await boundedRequest(post("0123456789+"), 10)).toBeNull();
  expect(await boundedRequest(post(endless()), 10_000)).toBeNull();
});

test("a request without a body is itself", async () => {
  const request = new Request("http://127.0.0.1/");
  expect(await boundedRequest(request, 10)).toBe(request);
});
