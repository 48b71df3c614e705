/** The addresses that a browser opens to sign in: to Discord and back, or by the link that Timbre printed. */

import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { type DiscordOAuth, discordOAuth, newAttempt } from "./discord-oauth.ts";
import { cookieOptions, keepSession, signedCookie } from "./identity.ts";
import type { DashboardParts } from "./parts.ts";

/** Where the printed link leads. */
export const LINK_PATH = "/auth/link";

const ATTEMPT = "timbre-attempt";
/** Somebody who looks for their password needs a while, in seconds. */
const ATTEMPT_S = 600;
/** Attempts of one address in a minute. */
const LIMIT = { max: 20, timeWindow: "1 minute" };

const attempt = z.object({ state: z.string(), verifier: z.string() });
const comingBack = z.object({ code: z.string(), state: z.string() });
const link = z.object({ key: z.string() });

/** Adds the addresses to `app`. What goes wrong there is said by the page: it is told by `/?sign-in=failed`. */
export function addSignIn(app: FastifyInstance, parts: DashboardParts): void {
  const { store, discord } = parts;
  const config = { rateLimit: LIMIT };
  const failed = (reply: FastifyReply) => reply.redirect("/?sign-in=failed");
  if (discord) addDiscord(app, parts, discordOAuth(discord), failed);
  else {
    app.get(LINK_PATH, { config, schema: { hide: true } }, async (request, reply) => {
      const given = link.safeParse(request.query);
      if (!given.success || !(await store.signIns.useLink(given.data.key))) return failed(reply);
      keepSession(
        reply,
        await store.signIns.begin({ userId: null, name: null, guildIds: [] }),
        originOf(parts, request),
      );
      return reply.redirect("/");
    });
  }
}

function addDiscord(
  app: FastifyInstance,
  parts: DashboardParts,
  oauth: DiscordOAuth,
  failed: (reply: FastifyReply) => unknown,
): void {
  const config = { rateLimit: LIMIT };
  const backTo = (request: FastifyRequest) => `${originOf(parts, request)}/auth/callback`;
  app.get("/auth/sign-in", { config, schema: { hide: true } }, async (request, reply) => {
    const begun = newAttempt();
    const options = { ...cookieOptions(originOf(parts, request)), path: "/auth", maxAge: ATTEMPT_S };
    reply.setCookie(ATTEMPT, JSON.stringify(begun), options);
    return reply.redirect(await oauth.address(begun, backTo(request)));
  });
  app.get("/auth/callback", { config, schema: { hide: true } }, async (request, reply) => {
    const begun = attempt.safeParse(parseJson(signedCookie(request, ATTEMPT) ?? ""));
    const back = comingBack.safeParse(request.query);
    reply.clearCookie(ATTEMPT, { path: "/auth" });
    if (!begun.success || !back.success || begun.data.state !== back.data.state) return failed(reply);
    try {
      const person = await oauth.person(back.data.code, begun.data.verifier, backTo(request));
      keepSession(reply, await parts.store.signIns.begin(person), originOf(parts, request));
    } catch (error) {
      request.log.warn({ reason: String(error) }, "somebody couldn't sign in");
      return failed(reply);
    }
    return reply.redirect("/");
  });
}

/** Where people reach the page. */
function originOf({ publicUrl }: DashboardParts, request: FastifyRequest): string {
  return publicUrl ?? `${request.protocol}://${request.host}`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
