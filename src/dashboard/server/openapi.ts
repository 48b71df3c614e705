/** The API's description, made from the same schemas that the code uses. */

import swagger from "@fastify/swagger";
import type { FastifyInstance } from "fastify";
import { z } from "zod";

/** A zod schema as JSON Schema, the way that Fastify and OpenAPI read it. */
export function jsonSchema(schema: z.ZodType): Record<string, unknown> {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { target: "draft-7" });
  return rest;
}

/** Serves the description of all routes registered after this at `/api/openapi.json`. */
export async function describeApi(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "Timbre",
        version: "1",
        description: "Send a recording of a voice, read how it sounds. The answers are a machine's guess.",
      },
    },
  });
  app.get("/api/openapi.json", { schema: { hide: true } }, () => app.swagger());
}
