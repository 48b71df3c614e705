/** Errors as the API says them: a status, a code, and a sentence in the reader's language. */

import type { FastifyInstance, FastifyRequest } from "fastify";
import { forPeople, isUserErrorCode, tooLarge, UserError, type UserErrorCode } from "../../errors.ts";
import { explain, type Translate, translator } from "../../i18n/index.ts";
import type { ErrorResource } from "../api/errors.ts";
import { API } from "../api/index.ts";

/** Statuses of the codes that a request can end with; any other wrong input is a 422. */
const STATUS: Partial<Record<UserErrorCode, number>> = {
  "no-file": 400,
  "bad-request": 400,
  "not-signed-in": 401,
  "token-scope": 403,
  "manage-server": 403,
  "no-clip": 404,
  "no-guild": 404,
  "not-there": 404,
  "no-page": 404,
  "too-large": 413,
  "too-often": 429,
  "foreign-site": 403,
  busy: 503,
  "gave-up": 500,
  internal: 500,
};

/** The language that a browser asks for first. */
export function languageFor(request: FastifyRequest): Translate {
  return translator(request.headers["accept-language"]?.split(/[,;]/)[0]?.trim() ?? "en");
}

/** The part of an answer that says what went wrong. */
export function errorBody(error: UserError, t: Translate): ErrorResource["error"] {
  return { code: error.code, message: explain(error, t) };
}

/** A code as an error again; one that we don't know becomes `gave-up`. */
export function revive(code: string): UserError {
  return isUserErrorCode(code) ? new UserError(code) : new UserError("gave-up", { reference: "–" });
}

/** Answers every error of `app` with a status, a code and a sentence. */
export function answerErrors(app: FastifyInstance, maxBytes: number): void {
  app.setErrorHandler((thrown, request, reply) => {
    const error = asUserError(thrown, request, maxBytes);
    const status = STATUS[error.code] ?? 422;
    if (status >= 500) request.log.error({ err: thrown, ...error.parameters }, "a request failed");
    const body: ErrorResource = { error: errorBody(error, languageFor(request)) };
    return reply.code(status).send(body);
  });
}

/** Fastify's and its plugins' complaints carry a status. */
function asUserError(thrown: unknown, request: FastifyRequest, maxBytes: number): UserError {
  if (thrown instanceof UserError) return thrown;
  const status = thrown instanceof Error && "statusCode" in thrown ? Number(thrown.statusCode) : 500;
  if (status === 413) return tooLarge(maxBytes);
  if (status === 429) return new UserError("too-often");
  if (status < 400 || status >= 500) return forPeople(thrown);
  const isUpload = request.routeOptions.url === API.sendClip.path;
  return isUpload
    ? new UserError("no-file")
    : new UserError("bad-request", { detail: thrown instanceof Error ? thrown.message : "" });
}
