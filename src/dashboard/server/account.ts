/** Who is signed in, and personal access tokens. */

import { UserError } from "../../errors.ts";
import type { AccessToken } from "../../store/index.ts";
import type { Me, TokenResource } from "../api/account.ts";
import { tokenRequest } from "../api/account.ts";
import { API } from "../api/index.ts";
import { useGuild } from "./access.ts";
import { dropSession, sessionOf, type Who } from "./identity.ts";
import type { DashboardParts } from "./parts.ts";
import { read, type Serve } from "./serve.ts";

const DAY_MS = 86_400_000;

/** Adds the endpoints. */
export function addAccount(serve: Serve, parts: DashboardParts): void {
  const { store, now } = parts;
  serve("signIn", async () => ({ way: parts.discord ? "discord" : "link" }));
  serve("me", async ({ who }) => describe(parts, who));
  serve("signOut", async ({ request, reply }) => {
    const secret = sessionOf(request);
    if (secret !== undefined) await store.signIns.end(secret);
    dropSession(reply);
    return undefined;
  });
  serve("tokens", async ({ who }) => (await store.accessTokens.of(who.userId)).map(tokenResourceOf));
  serve("makeToken", async ({ request, who }) => {
    const { name, scopes, expiresInDays } = read(API.makeToken.body, request.body);
    const expiresAt = expiresInDays === null ? null : new Date(now().getTime() + expiresInDays * DAY_MS);
    const { token, secret } = await store.accessTokens.make(who, { name, scopes, expiresAt });
    return { ...tokenResourceOf(token), token: secret };
  });
  serve("endToken", async ({ who, param }) => {
    if (!(await store.accessTokens.end(who.userId, param("tokenId")))) throw new UserError("not-there");
    return undefined;
  });
}

/** Somebody, with the servers that they moderate now. */
async function describe({ directory, now }: DashboardParts, who: Who): Promise<Me> {
  const ids = who.userId === null ? ((await directory?.guilds()) ?? []).map(({ id }) => id) : who.guildIds;
  const uses = await Promise.all(
    ids.map((id) =>
      useGuild({ directory, now }, who, id).catch((error: unknown) => {
        if (error instanceof UserError && error.code === "no-guild") return undefined;
        throw error;
      }),
    ),
  );
  return {
    kind: who.userId === null ? "owner" : "person",
    ...{ id: who.actorId, name: who.name },
    guilds: uses.flatMap((use) => (use ? [{ id: use.guild.id, name: use.guild.name, mayManage: use.mayManage }] : [])),
  };
}

const knownScopes = tokenRequest.shape.scopes;

function tokenResourceOf({ id, name, scopes, createdAt, lastUsedAt, expiresAt }: AccessToken): TokenResource {
  return {
    ...{ id, name, scopes: knownScopes.parse(scopes) },
    createdAt: createdAt.toISOString(),
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
    expiresAt: expiresAt?.toISOString() ?? null,
  };
}
