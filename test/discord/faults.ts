/** Failures on demand for the next requests of a route: rate limits, server errors, cut wires. */

import type { ServerResponse } from "node:http";
import { problems } from "./problems.ts";

/** What shall go wrong. */
export interface Fault {
  /** Method and path without `/api/v10`, e.g. `/^PATCH .*@original$/`. */
  readonly route: RegExp;
  /**
   * A status (403 is "Missing Access"), or a wire that is cut before the request is handled, or after it, with no answer;
   * "late" is answered as ever.
   */
  readonly kind: 403 | 429 | 500 | "cut" | "cut-after" | "late";
  /** The request isn't looked at before this resolves. */
  readonly until?: Promise<void>;
  /** How many requests fail. Default 1. */
  readonly times?: number;
  /** For 429: how long the client shall wait, in seconds. Default 0.05. */
  readonly retryAfterSeconds?: number;
}

/** Requests per window that the made-up rate limit allows. */
const LIMIT = "5";

/** The faults that are still to come. */
export class Faults {
  readonly #pending: { readonly fault: Fault; left: number }[] = [];

  /** Makes the next requests of a route fail. */
  add(fault: Fault): void {
    this.#pending.push({ fault, left: fault.times ?? 1 });
  }

  /** The fault that this request meets, if any. */
  take(method: string, path: string): Fault | undefined {
    const found = this.#pending.find(({ fault, left }) => left > 0 && fault.route.test(`${method} ${path}`));
    if (found) found.left -= 1;
    return found?.fault;
  }
}

/** Answers as Discord does when it fails. What is only late has its own answer. */
export function answerFault({ kind, retryAfterSeconds = 0.05 }: Fault, nowMs: number, response: ServerResponse): void {
  if (kind === "cut" || kind === "cut-after") {
    response.destroy();
    return;
  }
  if (kind === 403) {
    const { status, body } = problems.missingAccess();
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    return;
  }
  if (kind === 500) {
    response.writeHead(500, { "content-type": "application/json" });
    response.end(JSON.stringify({ message: "500: Internal Server Error", code: 0 }));
    return;
  }
  response.writeHead(429, {
    "content-type": "application/json",
    "retry-after": String(Math.ceil(retryAfterSeconds)),
    "x-ratelimit-limit": LIMIT,
    "x-ratelimit-remaining": "0",
    "x-ratelimit-reset": String(nowMs / 1000 + retryAfterSeconds),
    "x-ratelimit-reset-after": String(retryAfterSeconds),
    "x-ratelimit-bucket": "local",
    "x-ratelimit-scope": "user",
  });
  response.end(
    JSON.stringify({ message: "You are being rate limited.", retry_after: retryAfterSeconds, global: false }),
  );
}
