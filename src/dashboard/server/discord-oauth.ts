/**
 * Signing in with Discord: OAuth 2.0's authorization code grant with PKCE (RFC 6749, RFC 7636). The access token is used
 * at once and given back; nothing of it is kept.
 */

import { createHash, randomBytes } from "node:crypto";
import { Routes } from "discord-api-types/v10";
import { z } from "zod";
import { discordRest } from "../../discord-rest.ts";
import type { SignedIn } from "../../store/index.ts";
import { isModerator } from "./access.ts";
import type { DiscordSignIn } from "./parts.ts";

/** Who they are, and which servers they are in. */
const SCOPES = "identify guilds";
/** How long Discord may take to answer, in ms. */
const TIMEOUT_MS = 15_000;

const application = z.object({ id: z.string() });
const tokens = z.object({ access_token: z.string() });
const user = z.object({ id: z.string(), username: z.string(), global_name: z.string().nullish() });
const guilds = z.array(z.object({ id: z.string(), permissions: z.string() }));

/** What is remembered between leaving for Discord and coming back. */
export interface Attempt {
  readonly state: string;
  /** PKCE's code verifier. */
  readonly verifier: string;
}

/** A new attempt: two secrets that nobody guesses. */
export function newAttempt(): Attempt {
  return { state: randomBytes(32).toString("base64url"), verifier: randomBytes(32).toString("base64url") };
}

/** Discord's sign-in. */
export interface DiscordOAuth {
  /** Where to send the browser. */
  address(attempt: Attempt, redirectUri: string): Promise<string>;
  /** Who came back with `code`. @throws Error when Discord doesn't know the code, or can't be reached. */
  person(code: string, verifier: string, redirectUri: string): Promise<SignedIn>;
}

/** Signs people in through Discord's `api`. */
export function discordOAuth({ api, clientSecret, token }: DiscordSignIn): DiscordOAuth {
  let clientId: Promise<string> | undefined;
  const askClientId = async () => application.parse(await discordRest(api, token).get(Routes.currentApplication())).id;
  const idOf = () => {
    clientId ??= askClientId().catch((error: unknown) => {
      clientId = undefined;
      throw error;
    });
    return clientId;
  };
  const post = async (path: string, fields: Record<string, string>) => {
    const body = new URLSearchParams({ ...fields, client_id: await idOf(), client_secret: clientSecret });
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const response = await fetch(`${api}/oauth2/${path}`, { method: "POST", body, signal });
    if (!response.ok) throw new Error(`Discord refused ${path}: ${response.status}`);
    return response;
  };
  return {
    async address({ state, verifier }, redirectUri) {
      const query = new URLSearchParams({
        ...{ response_type: "code", client_id: await idOf(), scope: SCOPES, redirect_uri: redirectUri, state },
        code_challenge: createHash("sha256").update(verifier).digest("base64url"),
        ...{ code_challenge_method: "S256", prompt: "none" },
      });
      return `${api}/oauth2/authorize?${query}`;
    },
    async person(code, verifier, redirectUri) {
      const fields = { grant_type: "authorization_code", code, code_verifier: verifier, redirect_uri: redirectUri };
      const { access_token } = tokens.parse(await (await post("token", fields)).json());
      try {
        const rest = discordRest(api, access_token, { authPrefix: "Bearer" });
        const { id, username, global_name } = user.parse(await rest.get(Routes.user("@me")));
        const all = guilds.parse(await rest.get(Routes.userGuilds()));
        const guildIds = all.filter(({ permissions }) => isModerator(permissions)).map((guild) => guild.id);
        return { userId: id, name: global_name ?? username, guildIds };
      } finally {
        await post("token/revoke", { token: access_token, token_type_hint: "access_token" }).catch(() => undefined);
      }
    },
  };
}
