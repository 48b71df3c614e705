/** The dashboard's HTTP server, built from its parts; it doesn't listen yet. */

import helmet from "@fastify/helmet";
import rateLimit from "@fastify/rate-limit";
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from "fastify";
import { addAccount } from "./account.ts";
import { addAlerts } from "./alerts.ts";
import { answerErrors } from "./answers.ts";
import { addClips } from "./clips.ts";
import { guardOrigin } from "./guard.ts";
import { addGuilds } from "./guilds.ts";
import { readCookies } from "./identity.ts";
import { addLive } from "./live.ts";
import { addMoods } from "./moods.ts";
import { describeApi } from "./openapi.ts";
import { servePage } from "./page.ts";
import type { DashboardParts } from "./parts.ts";
import { serveOn } from "./serve.ts";
import { addSignIn } from "./sign-in.ts";
import { openHub } from "./stream.ts";
import { addSystem } from "./system.ts";
import { acceptUploads } from "./upload.ts";

/** The parts, and how the server presents itself. */
export interface AppOptions extends DashboardParts {
  /** Address that will be listened on; it decides which Host headers are believed. */
  readonly host: string;
  readonly logger?: FastifyBaseLogger | undefined;
  /** Folder of the built page; without it there is only the API. */
  readonly webRoot?: string | undefined;
}

/** Requests that one address may send in a minute; a page that waits for a clip asks about once a second. */
const REQUESTS_PER_MINUTE = 600;

/** Nothing but our own files: no inline script or style, no frames, nobody else's addresses. */
const CONTENT_SECURITY_POLICY = {
  useDefaults: false,
  directives: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'", "data:"],
    connectSrc: ["'self'"],
    fontSrc: ["'self'"],
    // A recording that somebody gave the page is played there.
    mediaSrc: ["blob:"],
    baseUri: ["'none'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
  },
};

/** Builds the server. Tests talk to it with `app.inject()`; `startDashboard` lets it listen. */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const app: FastifyInstance = Fastify({
    ...(options.logger ? { loggerInstance: options.logger } : { logger: false }),
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: true,
    // A proxy on this machine says whose request it hands on.
    ...(options.publicUrl === undefined ? {} : { trustProxy: "loopback" }),
  });
  // Schemas describe the API; what comes in is parsed with zod where it is used, what goes out is typed.
  app.setValidatorCompiler(() => () => true);
  app.setSerializerCompiler(() => JSON.stringify);

  answerErrors(app, options.maxBytes);
  guardOrigin(app, options.host, options.publicUrl);
  await app.register(helmet, {
    contentSecurityPolicy: CONTENT_SECURITY_POLICY,
    // Plain http is all there is on this machine.
    strictTransportSecurity: options.publicUrl?.startsWith("https:") ?? false,
  });
  // Before the limit: a page is made of many files, and none of them costs anything.
  await servePage(app, options.webRoot);
  await app.register(rateLimit, { max: REQUESTS_PER_MINUTE, timeWindow: "1 minute" });
  await acceptUploads(app, options.maxBytes);
  await describeApi(app);

  await readCookies(app, options);
  addSignIn(app, options);
  const serve = serveOn(app, options);
  addAccount(serve, options);
  addClips(serve, options);
  addGuilds(serve, options);
  addMoods(serve, options);
  addAlerts(serve, options);
  addSystem(serve, options, () => app.swagger());
  const hub = await openHub(options.store.changes);
  // Before the connections are closed, which else would wait for the streams.
  app.addHook("preClose", () => hub.close());
  addLive(serve, options, hub);
  return app;
}
