/** The file in a request: a form's field `file`, or the body itself. */

import multipart from "@fastify/multipart";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { UserError } from "../../errors.ts";

/** A file that somebody sent. */
export interface Upload {
  readonly filename: string;
  readonly bytes: Uint8Array;
}

/** Name for a body that came without one. */
const UNNAMED = "upload";
/** File names are only shown, never used as paths; this many characters are enough to know it again. */
const LONGEST_NAME = 200;

/** Lets `app` read uploads of at most `maxBytes`, held in memory. */
export async function acceptUploads(app: FastifyInstance, maxBytes: number): Promise<void> {
  await app.register(multipart, { limits: { fileSize: maxBytes, files: 1, fields: 8 }, throwFileSizeLimit: true });
  app.addContentTypeParser(
    /^(audio\/.+|video\/.+|application\/(octet-stream|ogg))/,
    { parseAs: "buffer", bodyLimit: maxBytes },
    (_request, body, done) => done(null, body),
  );
}

/** Takes the file out of a request. @throws UserError `no-file`; Fastify's 413 when it is too large. */
export async function readUpload(request: FastifyRequest): Promise<Upload> {
  if (!request.isMultipart()) {
    if (!Buffer.isBuffer(request.body)) throw new UserError("no-file");
    return { filename: UNNAMED, bytes: request.body };
  }
  const part = await nextFile(request);
  if (part?.fieldname !== "file") throw new UserError("no-file");
  return { filename: part.filename.slice(0, LONGEST_NAME) || UNNAMED, bytes: await part.toBuffer() };
}

/** A form that breaks off in the middle holds no file. */
async function nextFile(request: FastifyRequest) {
  try {
    return await request.file();
  } catch (error) {
    throw new UserError("no-file", {}, { cause: error });
  }
}
