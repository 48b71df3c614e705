/** Answers the API's endpoints: who asks, whether they may, what they ask for, and that they looked. */

import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { UserError } from "../../errors.ts";
import type { Translate } from "../../i18n/index.ts";
import type { AnswerOf, Endpoint } from "../api/endpoint.ts";
import { API } from "../api/index.ts";
import { type GuildUse, useGuild } from "./access.ts";
import { languageFor } from "./answers.ts";
import { type Who, whoAsks } from "./identity.ts";
import { describeEndpoint } from "./openapi.ts";
import type { DashboardParts } from "./parts.ts";

/** A request that is let through. */
export interface Call {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  /** A variable part of the path. */
  param(name: string): string;
  /** Whoever asks. @throws UserError `not-signed-in` where an endpoint is for anybody. */
  readonly who: Who;
  /** The server in the path. @throws UserError `no-guild` where there is none. */
  readonly use: GuildUse;
  readonly guildId: string;
  readonly t: Translate;
}

/** Names of endpoints. */
export type EndpointName = keyof typeof API;
/** Answers one endpoint; what sends something else than JSON uses `reply`. */
export type Handler<Name extends EndpointName> = (call: Call) => Promise<AnswerOf<(typeof API)[Name]> | FastifyReply>;
/** Adds an endpoint to the server. */
export type Serve = <Name extends EndpointName>(
  name: Name,
  handler: Handler<Name>,
  options?: { readonly perMinute?: number; readonly bodyLimit?: number },
) => void;

const params = z.record(z.string(), z.string()).catch({});

/** How endpoints are added to `app`. */
export function serveOn(app: FastifyInstance, parts: DashboardParts): Serve {
  return (name, handler, { perMinute, bodyLimit } = {}) => {
    const endpoint: Endpoint = API[name];
    app.route({
      method: endpoint.method,
      url: endpoint.path,
      ...(bodyLimit === undefined ? {} : { bodyLimit }),
      ...(perMinute === undefined ? {} : { config: { rateLimit: { max: perMinute, timeWindow: "1 minute" } } }),
      schema: describeEndpoint(name, endpoint),
      handler: async (request, reply) => {
        reply.header("cache-control", "no-store");
        const call = await letIn(parts, endpoint, request, reply);
        if (endpoint.audit && endpoint.access !== "signed-in") {
          const { guildId, who } = call;
          const asked = endpoint.method === "GET" ? request.query : request.body;
          await parts.store.audit.note({ guildId, actorId: who.actorId, kind: endpoint.audit, action: name, asked });
        }
        const answer = await handler(call);
        // What isn't JSON was sent by the handler, and may be going on.
        if (endpoint.answer === undefined && endpoint.status === 200) return reply;
        const status = endpoint.status ?? (answer === undefined ? 204 : 200);
        return reply.code(status).send(answer);
      },
    });
  };
}

async function letIn(
  parts: DashboardParts,
  endpoint: Endpoint,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Call> {
  const given = params.parse(request.params);
  const base = { request, reply, t: languageFor(request), param: (name: string) => given[name] ?? "" };
  if (endpoint.access === "anybody") {
    return {
      ...base,
      guildId: "",
      get who(): never {
        throw new UserError("not-signed-in");
      },
      get use(): never {
        throw new UserError("no-guild");
      },
    };
  }
  const who = await whoAsks(request, parts);
  if (who.scopes && (endpoint.scope === undefined || !who.scopes.includes(endpoint.scope)))
    throw new UserError("token-scope", { scope: endpoint.scope ?? "–" });
  if (endpoint.access === "signed-in") {
    return {
      ...base,
      who,
      guildId: "",
      get use(): never {
        throw new UserError("no-guild");
      },
    };
  }
  const guildId = given["guildId"] ?? "";
  const use = await useGuild(parts, who, guildId);
  if (endpoint.access === "manager" && !use.mayManage) throw new UserError("manage-server");
  return { ...base, who, guildId, use };
}

/** What came along, in its shape. @throws UserError `bad-request` that names what is wrong. */
export function read<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const parsed = schema.safeParse(value ?? {});
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = issue?.path.join(".") ?? "";
  throw new UserError("bad-request", { detail: place === "" ? (issue?.message ?? "") : `${place}: ${issue?.message}` });
}
