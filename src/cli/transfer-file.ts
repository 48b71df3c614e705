/** The file of `timbre export`: a line of JSON for each thing, compressed with gzip, whole only with its last line. */

import { createReadStream } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import { z } from "zod";
import { clipJob } from "../jobs/clip-job.ts";

/** The file isn't what it should be; the message says why. */
export class TransferError extends Error {
  override readonly name = "TransferError";
}

const line = z.union([
  /** The first line: the file's format, and the version of the tables. */
  z.object({ timbreExport: z.literal(1), tables: z.int() }),
  z.object({ table: z.string(), columns: z.array(z.string()) }),
  z.object({ row: z.array(z.string().nullable()) }),
  z.object({ clip: z.object({ id: z.string(), job: clipJob }) }),
  /** The last line: how many rows and waiting clips there are. */
  z.object({ end: z.object({ rows: z.int(), clips: z.int() }) }),
]);

/** One line of the file. */
export type TransferLine = z.infer<typeof line>;

/** Readable by its owner alone: it holds all that is known of people. */
const MODE = 0o600;

/** Writes a new file, whole or not at all. @throws TransferError when there is one already. */
export async function writeTransfer(path: string, lines: AsyncIterable<TransferLine>): Promise<void> {
  const half = `${path}.half`;
  const taken = await open(path, "wx", MODE).catch((error: NodeJS.ErrnoException) => {
    throw new TransferError(`${path} can't be written (${error.code}). Choose a file that isn't there yet.`);
  });
  await taken.close();
  try {
    const file = await open(half, "w", MODE);
    await pipeline(Readable.from(asText(lines)), createGzip(), file.createWriteStream());
    await rename(half, path);
  } catch (error) {
    await rm(half, { force: true });
    await rm(path, { force: true });
    throw error;
  }
}

async function* asText(lines: AsyncIterable<TransferLine>): AsyncGenerator<string, void> {
  for await (const each of lines) yield `${JSON.stringify(each)}\n`;
}

/** The lines of a file. @throws TransferError when it isn't an export, or a part of it is missing. */
export async function* readTransfer(path: string): AsyncGenerator<TransferLine, void> {
  const counted = { rows: 0, clips: 0 };
  let isWhole = false;
  try {
    const file = createReadStream(path);
    const unpacked = createGunzip();
    file.on("error", (error) => unpacked.destroy(error)).pipe(unpacked);
    for await (const text of createInterface({ input: unpacked, crlfDelay: Number.POSITIVE_INFINITY })) {
      const read = line.parse(JSON.parse(text));
      if ("row" in read) counted.rows += 1;
      if ("clip" in read) counted.clips += 1;
      if ("end" in read) isWhole = read.end.rows === counted.rows && read.end.clips === counted.clips;
      yield read;
    }
  } catch (cause) {
    const why = cause instanceof Error && "code" in cause ? ` (${String(cause.code)})` : "";
    throw new TransferError(`${path} isn't a whole export of Timbre${why}.`, { cause });
  }
  if (!isWhole) throw new TransferError(`${path} isn't a whole export of Timbre: its end is missing.`);
}
