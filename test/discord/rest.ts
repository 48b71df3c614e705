/** The REST server: tokens, routes, faults, and a record of everything that was asked. */

import type { IncomingMessage, ServerResponse } from "node:http";
import { answerFault, type Faults } from "./faults.ts";
import { type RequestBody, readBody } from "./multipart.ts";
import { Problem, problems } from "./problems.ts";
import { type Answer, findRoute } from "./routes.ts";
import type { State } from "./state.ts";

/** The version of Discord's API that is spoken. */
const PREFIX = "/api/v10";

/** What the server needs besides the state. */
interface RestParts {
  readonly state: State;
  readonly faults: Faults;
  /** Where the gateway is. */
  readonly gatewayUrl: string;
}

/** Answers one request to the API. */
export async function serveRest(
  parts: RestParts,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const method = request.method ?? "GET";
  const path = decoded(url.pathname.startsWith(PREFIX) ? url.pathname.slice(PREFIX.length) : url.pathname);
  let body: RequestBody = { json: undefined, files: [] };
  try {
    body = await readBody(await readAll(request), request.headers["content-type"] ?? "");
    const fault = parts.faults.take(method, path);
    await fault?.until;
    const isHandled = fault === undefined || fault.kind === "late" || fault.kind === "cut-after";
    const answer: Answer = isHandled ? handle(parts, url, request, body) : {};
    if (fault && fault.kind !== "late") answerFault(fault, parts.state.clock.now(), response);
    else if (answer.location !== undefined) response.writeHead(302, { location: answer.location }).end();
    else if (answer.json === undefined) response.writeHead(204).end();
    else writeJson(response, answer.status ?? 200, answer.json);
  } catch (error) {
    const { status, body } = error instanceof Problem ? error : problems.serverError();
    if (!(error instanceof Problem)) console.error(error);
    writeJson(response, status, body);
  }
  parts.state.requests.push({
    method,
    path,
    query: url.searchParams,
    json: body.json,
    files: body.files,
    status: response.statusCode,
  });
}

function handle({ state, gatewayUrl }: RestParts, url: URL, request: IncomingMessage, body: RequestBody): Answer {
  const path = url.pathname.startsWith(`${PREFIX}/`) ? url.pathname.slice(PREFIX.length) : unversioned(url.pathname);
  const { route, parts } = findRoute(request.method ?? "GET", path);
  if (!route.isOpen && request.headers.authorization !== `Bot ${state.token}`) throw problems.unauthorized();
  const { authorization } = request.headers;
  return route.answer({ state, query: url.searchParams, body, gatewayUrl, parts, authorization });
}

/** OAuth is asked without a version. @throws Problem 404 for what needs one. */
function unversioned(path: string): string {
  if (!path.startsWith("/api/oauth2/")) throw problems.noRoute();
  return path.slice("/api".length);
}

/** Clients write `@original` as `%40original`; a path that can't be decoded stays as it is. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function writeJson(response: ServerResponse, status: number, json: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(json));
}

async function readAll(request: IncomingMessage): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  return new Uint8Array(Buffer.concat(chunks));
}
