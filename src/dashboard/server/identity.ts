/** Whose request it is: by the session's cookie, or by a personal access token. */

import cookie from "@fastify/cookie";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { UserError } from "../../errors.ts";
import type { SignedIn } from "../../store/index.ts";
import { isFromOwnPage } from "./guard.ts";
import type { DashboardParts } from "./parts.ts";

/** Somebody who asks. */
export interface Who extends SignedIn {
  /** For the audit log: a person's Discord id, or `owner`. */
  readonly actorId: string;
  /** What their token is good for; undefined where they use none, and so may do everything that they may. */
  readonly scopes: readonly string[] | undefined;
}

const SESSION = "timbre-session";
/** As long as the longest session, in seconds; the store knows when each ends. */
const COOKIE_S = 30 * 86_400;

/** Lets `app` read and write signed cookies. */
export async function readCookies(app: FastifyInstance, { store }: DashboardParts): Promise<void> {
  await app.register(cookie, { secret: Buffer.from(await store.signIns.cookieKey()).toString("base64") });
}

/** Whose request it is. @throws UserError `not-signed-in`; `foreign-site` when another page made a browser send it. */
export async function whoAsks(request: FastifyRequest, { store }: Pick<DashboardParts, "store">): Promise<Who> {
  const bearer = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? "")?.[1];
  if (bearer !== undefined) {
    const found = await store.accessTokens.use(bearer);
    if (!found) throw new UserError("not-signed-in");
    return { ...found.who, actorId: actorOf(found.who), scopes: found.scopes };
  }
  const secret = sessionOf(request);
  const who = secret === undefined ? undefined : await store.signIns.find(secret);
  if (!who) throw new UserError("not-signed-in");
  const reads = request.method === "GET" || request.method === "HEAD";
  if (!reads && !isFromOwnPage(request)) throw new UserError("foreign-site");
  return { ...who, actorId: actorOf(who), scopes: undefined };
}

function actorOf({ userId }: SignedIn): string {
  return userId ?? "owner";
}

/** The session's secret, if the cookie is one that we signed. */
export function sessionOf(request: FastifyRequest): string | undefined {
  return signedCookie(request, SESSION);
}

/** Gives the browser its session. */
export function keepSession(reply: FastifyReply, secret: string, origin: string): void {
  reply.setCookie(SESSION, secret, { ...cookieOptions(origin), maxAge: COOKIE_S });
}

/** Takes the session from the browser. */
export function dropSession(reply: FastifyReply): void {
  reply.clearCookie(SESSION, { path: "/" });
}

/** A cookie's value, if we signed it. */
export function signedCookie(request: FastifyRequest, name: string): string | undefined {
  const raw = request.cookies[name];
  const unsigned = raw === undefined ? undefined : request.unsignCookie(raw);
  return unsigned?.valid ? unsigned.value : undefined;
}

/** Cookies that no script reads and no other site sends along with what changes something. */
export function cookieOptions(origin: string) {
  const secure = origin.startsWith("https:");
  return { path: "/", httpOnly: true, sameSite: "lax", signed: true, secure } as const;
}
