/**
 * The request, if its body is not larger than a number of bytes: bodies are read into memory as a
 * whole, so that nobody may send without end. One that does not say its length is read up to there.
 * @returns null where it is larger
 */
export async function boundedRequest(request: Request, bytesMax: number): Promise<Request | null> {
  const said = request.headers.get("content-length");
  if (said !== null) return Number(said) <= bytesMax ? request : null;
  if (request.body === null) return request;
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of request.body) {
    bytes += part.length;
    if (bytes > bytesMax) return null;
    parts.push(part);
  }
  const { method, headers, signal } = request;
  return new Request(request.url, { method, headers, signal, body: Buffer.concat(parts) });
}
