/** The CDN: serves attachments at signed addresses. */

import type { IncomingMessage, ServerResponse } from "node:http";
import type { Files } from "./files.ts";

/** Discord's words for a file that is gone or whose address has expired. */
const GONE = "This content is no longer available.";

/** Answers a request under `/attachments/`. */
export function serveFile(files: Files, url: URL, request: IncomingMessage, response: ServerResponse): void {
  const file = files.find(url.pathname, url.searchParams);
  if (!file) {
    response.writeHead(404, { "content-type": "text/plain;charset=UTF-8" }).end(GONE);
    return;
  }
  response.writeHead(200, { "content-type": file.contentType, "content-length": file.bytes.length });
  response.end(request.method === "HEAD" ? undefined : file.bytes);
}
