/** Who is signed in, how one signs in, and personal access tokens. */

import { z } from "zod";
import type { Endpoint } from "./endpoint.ts";
import { scope } from "./scopes.ts";

/** How one signs in here. */
export const signInResource = z.object({
  way: z.enum(["discord", "link"]).describe("discord: go to /auth/sign-in; link: open the one that Timbre printed"),
});

/** Whoever asks. */
export const meResource = z.object({
  kind: z.enum(["person", "owner"]).describe("owner: whoever opened the link that Timbre printed"),
  id: z.string().describe("A person's Discord id; owner for the owner"),
  name: z.string().nullable().describe("Null for the owner"),
  guilds: z
    .array(z.object({ id: z.string(), name: z.string(), mayManage: z.boolean() }))
    .describe("Servers with Timbre that they moderate; mayManage: may change settings, rules and webhooks"),
});

/** A personal access token, without the token itself. */
export const tokenResource = z.object({
  id: z.uuid(),
  name: z.string(),
  scopes: z.array(scope),
  createdAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime().nullable(),
  expiresAt: z.iso.datetime().nullable(),
});

/** A token that was just made: the only time that it is shown. */
export const newTokenResource = tokenResource.extend({ token: z.string() });

/** What a token shall be. */
export const tokenRequest = z.object({
  name: z.string().trim().min(1).max(80),
  scopes: z.array(scope).min(1),
  expiresInDays: z.int().min(1).max(365).nullable().default(90),
});

/** Whoever asks, as the API sends it. */
export type Me = z.infer<typeof meResource>;
/** A token as the API sends it. */
export type TokenResource = z.infer<typeof tokenResource>;

/** The endpoints of accounts. Tokens are made and ended in the page alone. */
export const accountEndpoints = {
  signIn: {
    method: "GET",
    path: "/api/v1/sign-in",
    summary: "How one signs in here",
    access: "anybody",
    answer: signInResource,
  },
  me: {
    method: "GET",
    path: "/api/v1/me",
    summary: "Who is signed in, and which servers they moderate",
    access: "signed-in",
    scope: "moods:read",
    answer: meResource,
  },
  signOut: { method: "DELETE", path: "/api/v1/session", summary: "Sign out", access: "signed-in" },
  tokens: {
    method: "GET",
    path: "/api/v1/tokens",
    summary: "One's personal access tokens",
    access: "signed-in",
    answer: z.array(tokenResource),
  },
  makeToken: {
    method: "POST",
    path: "/api/v1/tokens",
    summary: "Make a personal access token",
    access: "signed-in",
    body: tokenRequest,
    answer: newTokenResource,
    status: 201,
  },
  endToken: {
    method: "DELETE",
    path: "/api/v1/tokens/:tokenId",
    summary: "End a personal access token",
    access: "signed-in",
  },
} as const satisfies Record<string, Endpoint>;
