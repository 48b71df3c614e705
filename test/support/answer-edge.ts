/** Discord's edge for answers alone: takes edits of deferred replies and remembers them. */

import { text } from "node:stream/consumers";
import { z } from "zod";
import { startTestServer } from "./http-server.ts";

/** One edit as it arrived. */
export interface Edit {
  readonly path: string;
  readonly authorization: string | undefined;
  /** The message, out of JSON or multipart. */
  readonly message: { readonly content: string; readonly embeds: readonly unknown[] };
  /** Whether a PNG came along. */
  readonly hasPicture: boolean;
}

/** What the edge says to the next edits, then 200 again. */
export interface Refusal {
  readonly status: number;
  readonly body: { readonly code: number; readonly message: string };
}

/** The edge. */
export interface AnswerEdge {
  /** For `discordReplier` or `startWorker`. */
  readonly api: string;
  readonly edits: readonly Edit[];
  /** Refuses one edit. */
  refuseNext(refusal: Refusal): void;
  /** Waits until there are as many accepted edits. */
  accepted(count: number): Promise<void>;
  close(): Promise<void>;
}

const message = z.object({ content: z.string(), embeds: z.array(z.unknown()).default([]) });

/** Starts the edge. */
export async function startAnswerEdge(): Promise<AnswerEdge> {
  const edits: Edit[] = [];
  const refusals: Refusal[] = [];
  const waiting: { count: number; resolve: () => void }[] = [];
  const server = await startTestServer(async (request, response) => {
    request.setEncoding("latin1");
    const body = await text(request);
    const refusal = refusals.shift();
    response.writeHead(refusal?.status ?? 200, { "content-type": "application/json" });
    response.end(JSON.stringify(refusal?.body ?? { id: "1" }));
    if (refusal) return;
    const json = /name="payload_json"\r\n(?:.*\r\n)*?\r\n(.*)\r\n/.exec(body)?.[1] ?? body;
    edits.push({
      path: request.url ?? "",
      authorization: request.headers.authorization,
      message: message.parse(JSON.parse(Buffer.from(json, "latin1").toString("utf8"))),
      hasPicture: body.includes("\x89PNG"),
    });
    for (const each of waiting) if (edits.length >= each.count) each.resolve();
  });
  return {
    api: `${server.address}/api`,
    edits,
    refuseNext: (refusal) => refusals.push(refusal),
    accepted: (count) =>
      new Promise((resolve) => {
        if (edits.length >= count) resolve();
        else waiting.push({ count, resolve });
      }),
    close: () => server.close(),
  };
}
