/**
 * What one endpoint of the HTTP API is: the server answers by it, the page asks by it, and OpenAPI and the tests are
 * made of it. Free of Node, as everything in this folder.
 */

import type { z } from "zod";
import type { Scope } from "./scopes.ts";

/** Where everything about one server is. */
export const GUILD = "/api/v1/guilds/:guildId";

/** Who may ask: anybody; whoever is signed in; whoever moderates the server in the path; whoever manages it. */
export type Access = "anybody" | "signed-in" | "moderator" | "manager";

/** One endpoint. */
export interface Endpoint {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Variable parts begin with a colon. */
  readonly path: `/${string}`;
  /** One line for OpenAPI. */
  readonly summary: string;
  readonly access: Access;
  /** What a personal access token must be good for; without one, no token is good enough. */
  readonly scope?: Scope;
  readonly query?: z.ZodType;
  /** The JSON that comes along. */
  readonly body?: z.ZodType;
  /** The JSON that is answered; without it, nothing is (204), or something that isn't JSON. */
  readonly answer?: z.ZodType;
  /** The status of success. Default: 200, or 204 where nothing is answered. */
  readonly status?: 200 | 201 | 202 | 204;
  /** Under which name a look at a server's data is written into its audit log. */
  readonly audit?: "view" | "export";
}

/** The variable parts of a path. */
export type ParamsOf<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? { readonly [Key in Name | keyof ParamsOf<`/${Rest}`>]: string }
  : Path extends `${string}:${infer Name}`
    ? { readonly [Key in Name]: string }
    : { readonly [Key in never]: string };

/** What is answered, as it is sent. */
export type AnswerOf<E extends Endpoint> = E extends { readonly answer: infer A extends z.ZodType }
  ? z.output<A>
  : undefined;

/** Where to ask an endpoint: its path with its variable parts, and a query. What is undefined is left out. */
export function addressOf<E extends Endpoint>(
  { path }: E,
  params: ParamsOf<E["path"]>,
  query: Readonly<Record<string, string | number | undefined>> = {},
): string {
  const values = new Map<string, string>(Object.entries(params));
  const filled = path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(values.get(name) ?? ""));
  const given = Object.entries(query).flatMap(([key, value]): [string, string][] =>
    value === undefined ? [] : [[key, String(value)]],
  );
  return given.length > 0 ? `${filled}?${new URLSearchParams(given)}` : filled;
}
