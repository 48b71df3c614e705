/**
 * Signing in with Discord: OAuth 2.0's authorization code grant with PKCE, for one application.
 * https://discord.com/developers/docs/topics/oauth2
 */

import { createHash, randomBytes } from "node:crypto";
import type { APIUser } from "discord-api-types/v10";
import { z } from "zod";
import { APPLICATION_ID } from "./payloads.ts";
import { Problem } from "./problems.ts";

/** How long a code is good (ms). */
const CODE_MS = 60_000;
const EXPIRES_S = 604_800;

const authorization = z.object({
  response_type: z.literal("code"),
  client_id: z.literal(APPLICATION_ID),
  scope: z.string(),
  redirect_uri: z.url(),
  state: z.string().min(1),
  code_challenge: z.string().length(43),
  code_challenge_method: z.literal("S256"),
  prompt: z.enum(["none", "consent"]).optional(),
});

const exchange = z.object({
  grant_type: z.literal("authorization_code"),
  client_id: z.literal(APPLICATION_ID),
  client_secret: z.string(),
  code: z.string(),
  code_verifier: z.string(),
  redirect_uri: z.string(),
});

const revocation = z.object({ client_id: z.literal(APPLICATION_ID), client_secret: z.string(), token: z.string() });

interface Code {
  readonly user: APIUser;
  readonly redirectUri: string;
  readonly challenge: string;
  readonly scope: string;
  readonly until: number;
}

/** The application's OAuth side. */
export class OAuth {
  /** For `DISCORD_CLIENT_SECRET`. */
  readonly clientSecret = randomBytes(16).toString("hex");
  /** Addresses that the developer registered; people are sent nowhere else. */
  readonly redirects = new Set<string>();
  /** Who is logged in to Discord in the browser that comes here. */
  browserUser: APIUser | undefined;
  readonly #codes = new Map<string, Code>();
  readonly #tokens = new Map<string, { readonly user: APIUser; readonly scopes: readonly string[] }>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Access tokens that are good. */
  get tokens(): number {
    return this.#tokens.size;
  }

  /** Where the browser goes on after Discord's page. @throws Problem for a wrong request, or where nobody is logged in. */
  authorize(query: URLSearchParams): string {
    const asked = authorization.safeParse(Object.fromEntries(query));
    if (!asked.success) throw new Problem(400, 50035, "Invalid Form Body");
    const { redirect_uri: redirectUri, state, scope, code_challenge: challenge } = asked.data;
    if (!this.redirects.has(redirectUri)) throw new Problem(400, 50035, "Invalid OAuth2 redirect_uri");
    const user = this.browserUser;
    if (!user) return `${redirectUri}?${new URLSearchParams({ error: "access_denied", state })}`;
    const code = randomBytes(16).toString("hex");
    this.#codes.set(code, { user, redirectUri, challenge, scope, until: this.#now() + CODE_MS });
    return `${redirectUri}?${new URLSearchParams({ code, state })}`;
  }

  /** Changes a code for an access token; a code is good once. @throws Problem for a wrong one. */
  exchange(form: unknown): object {
    const asked = exchange.safeParse(form);
    if (!asked.success) throw new Problem(400, 0, "invalid_request");
    const { client_secret: secret, code: key, code_verifier: verifier, redirect_uri: redirectUri } = asked.data;
    if (secret !== this.clientSecret) throw new Problem(401, 0, "invalid_client");
    const code = this.#codes.get(key);
    this.#codes.delete(key);
    const challenge = createHash("sha256").update(verifier).digest("base64url");
    const isRight = code?.redirectUri === redirectUri && code.challenge === challenge && code.until > this.#now();
    if (!code || !isRight) throw new Problem(400, 0, "invalid_grant");
    const token = randomBytes(16).toString("hex");
    this.#tokens.set(token, { user: code.user, scopes: code.scope.split(" ") });
    return {
      access_token: token,
      refresh_token: randomBytes(16).toString("hex"),
      ...{ token_type: "Bearer", expires_in: EXPIRES_S, scope: code.scope },
    };
  }

  /** Ends an access token. @throws Problem for somebody else's. */
  revoke(form: unknown): void {
    const asked = revocation.safeParse(form);
    if (!asked.success || asked.data.client_secret !== this.clientSecret) throw new Problem(401, 0, "invalid_client");
    this.#tokens.delete(asked.data.token);
  }

  /** Whose access token it is; undefined for none, or one without the scope. */
  userOf(authorization: string | undefined, scope: string): APIUser | undefined {
    const token = /^Bearer (\S+)$/.exec(authorization ?? "")?.[1];
    const found = token === undefined ? undefined : this.#tokens.get(token);
    return found?.scopes.includes(scope) ? found.user : undefined;
  }
}
