/** Keeps other people's web pages away: no cross-site posts, no DNS rebinding. */

import type { FastifyInstance, FastifyRequest } from "fastify";
import { UserError } from "../../errors.ts";

/**
 * Refuses requests that a foreign page made a visitor's browser send. On loopback it also refuses
 * foreign Host headers, but for that of `publicUrl`, by which a proxy sends people here: a page whose name was rebound
 * to 127.0.0.1 still sends its own name.
 */
export function guardOrigin(app: FastifyInstance, host: string, publicUrl: string | undefined): void {
  const onLoopback = isLoopback(host);
  const publicName = publicUrl === undefined ? undefined : new URL(publicUrl).hostname;
  app.addHook("onRequest", async (request) => {
    if (onLoopback && !isLoopback(request.hostname) && request.hostname !== publicName)
      throw new UserError("foreign-site");
    const reads = request.method === "GET" || request.method === "HEAD";
    if (!reads && isCrossSite(request)) throw new UserError("foreign-site");
  });
}

/** Whether a host name or address, with or without IPv6 brackets, means this machine alone. */
function isLoopback(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[|\]$/g, "");
  return name === "localhost" || name === "::1" || /^127(\.\d{1,3}){3}$/.test(name);
}

/** Browsers say where a request comes from; programs such as curl say nothing and are let through. */
function isCrossSite({ headers }: FastifyRequest): boolean {
  const site = headers["sec-fetch-site"];
  if (site !== undefined) return site !== "same-origin" && site !== "none";
  const { origin } = headers;
  if (origin === undefined) return false;
  return !URL.canParse(origin) || new URL(origin).host !== headers.host;
}

/** Whether our own page made a browser send this. Every browser says so of what changes something; what doesn't is none. */
export function isFromOwnPage({ headers, host }: FastifyRequest): boolean {
  const site = headers["sec-fetch-site"];
  if (site !== undefined) return site === "same-origin";
  const { origin } = headers;
  return origin !== undefined && URL.canParse(origin) && new URL(origin).host === host;
}
