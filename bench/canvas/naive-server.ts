import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { build } from "vite";
import type { Drawing } from "./naive/naive.tsx";

const ROOT = path.join(import.meta.dirname, "naive");
const TYPES: Record<string, string> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
};

/** The naive canvas with a drawing, built for production and served on loopback. */
export async function serveNaive(
  drawing: Drawing,
): Promise<{ readonly address: string; stop(): void }> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "fieldline-naive-"));
  await build({
    ...{ configFile: false, root: ROOT, logLevel: "error", envDir: false },
    build: { outDir: folder, emptyOutDir: true, target: "esnext" },
  });
  const server = createServer(({ url = "/" }, response) => {
    const { pathname } = new URL(url, "http://127.0.0.1");
    if (pathname === "/drawing.json") {
      response.setHeader("content-type", "application/json").end(JSON.stringify(drawing));
      return;
    }
    const name = pathname === "/" ? "index.html" : path.join(path.sep, pathname).slice(1);
    try {
      const body = readFileSync(path.join(folder, name));
      response.setHeader("content-type", TYPES[path.extname(name)] ?? "text/plain").end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}/`,
    stop() {
      server.close();
      server.closeAllConnections();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
