/** The API's description, made from the same schemas that the code uses. */

import swagger from "@fastify/swagger";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Endpoint } from "../api/endpoint.ts";
import { errorResource } from "../api/errors.ts";

/** A zod schema as JSON Schema, the way that Fastify and OpenAPI read it. */
function jsonSchema(schema: z.ZodType, io: "input" | "output" = "output"): Record<string, unknown> {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { target: "draft-7", io, unrepresentable: "any" });
  return rest;
}

/** Collects the description of all routes registered after this. */
export async function describeApi(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "Timbre",
        version: "1",
        description:
          "Recordings of voices and how they sound; servers' moods, alerts and settings. What is heard is a machine's guess.",
      },
      components: {
        securitySchemes: {
          session: { type: "apiKey", in: "cookie", name: "timbre-session" },
          token: { type: "http", scheme: "bearer" },
        },
      },
    },
  });
}

/** What OpenAPI says about an endpoint. */
export function describeEndpoint(name: string, endpoint: Endpoint) {
  const { access, scope, query, body, answer, status = answer ? 200 : 204 } = endpoint;
  const errors = jsonSchema(errorResource);
  const names = [...endpoint.path.matchAll(/:(\w+)/g)].map(([, each = ""]) => each);
  const whoMay = {
    anybody: "Anybody.",
    "signed-in": "Whoever is signed in.",
    moderator: "Moderators.",
    manager: "Who may manage the server.",
  };
  return {
    operationId: name,
    summary: endpoint.summary,
    description: scope ? `${whoMay[access]} A token needs the scope \`${scope}\`.` : whoMay[access],
    ...(access === "anybody" ? {} : { security: [{ session: [] }, ...(scope ? [{ token: [scope] }] : [])] }),
    ...(names.length > 0
      ? { params: { type: "object", properties: Object.fromEntries(names.map((each) => [each, { type: "string" }])) } }
      : {}),
    ...(query ? { querystring: jsonSchema(query, "input") } : {}),
    ...(body ? { body: jsonSchema(body, "input") } : {}),
    response: {
      [status]: answer ? jsonSchema(answer) : { type: "null", description: "Nothing, or what isn't JSON" },
      "4xx": errors,
      "5xx": errors,
    },
  };
}
