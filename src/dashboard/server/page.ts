/** The built page: its files, and the page itself at every address that is one of its own. */

import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";
import { UserError } from "../../errors.ts";

/** Where the page has addresses of its own; anything else that isn't there is a 404. */
const OWN = /^\/(servers\/[^.]*|try|system)$/;

/** Serves the page from a folder, as it was compressed when it was built; without a folder there is only the API. */
export async function servePage(app: FastifyInstance, webRoot: string | undefined): Promise<void> {
  if (webRoot !== undefined) {
    await app.register(fastifyStatic, {
      root: webRoot,
      preCompressed: true,
      // The names of these files change with what is in them.
      setHeaders: (reply, path) => {
        if (/[\\/]assets[\\/]/.test(path)) reply.header("cache-control", "public, max-age=31536000, immutable");
      },
    });
  }
  app.setNotFoundHandler((request, reply) => {
    const [path = ""] = request.url.split("?");
    if (webRoot === undefined || request.method !== "GET" || !OWN.test(path)) throw new UserError("no-page");
    return reply.sendFile("index.html");
  });
}
