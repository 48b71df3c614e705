/** The outside of a trial: a CDN with one short clip, and a Discord that counts answers and can be ill. */

import { text } from "node:stream/consumers";
import { z } from "zod";
import { decode } from "../../src/ser/decode/index.ts";
import { encodeOggOpus } from "../../src/ser/index.ts";
import { fixture, LIMITS } from "../ser/decode/fixtures.ts";
import { startTestServer, type TestServer } from "../support/http-server.ts";

/** Discord's edge. */
export interface Discord {
  readonly api: string;
  /** Each clip's answers, in order, by the number of the clip. */
  readonly answers: ReadonlyMap<number, readonly string[]>;
  /** What it says from now on: the truth, a server error, or that it is asked too often. */
  say(status: 200 | 429 | 500): void;
  close(): Promise<void>;
}

const message = z.object({ content: z.string(), embeds: z.array(z.unknown()).default([]) });

/** Starts the edge; tokens are `t` and the clip's number. */
export async function startDiscord(onAnswer: (clip: number) => void = () => undefined): Promise<Discord> {
  const answers = new Map<number, string[]>();
  let status = 200;
  const server = await startTestServer(async (request, response) => {
    request.setEncoding("latin1");
    // Whoever is killed in the middle of a request has said nothing.
    const body = await text(request).catch(() => undefined);
    if (body === undefined) return;
    const headers = { "content-type": "application/json", ...(status === 429 && { "retry-after": "1" }) };
    response.writeHead(status, headers);
    if (status !== 200) {
      response.end(JSON.stringify({ message: "not now", retry_after: 1, global: false, code: 0 }));
      return;
    }
    const number = Number(/\/t(\d+)\/messages/.exec(request.url ?? "")?.[1]);
    const json = /name="payload_json"\r\n(?:.*\r\n)*?\r\n(.*)\r\n/.exec(body)?.[1] ?? body;
    const said = JSON.stringify(message.parse(JSON.parse(Buffer.from(json, "latin1").toString("utf8"))));
    answers.set(number, [...(answers.get(number) ?? []), said]);
    onAnswer(number);
    response.end(JSON.stringify({ id: "1" }));
  });
  return {
    api: `${server.address}/api`,
    answers,
    say: (next) => {
      status = next;
    },
    close: () => server.close(),
  };
}

/**
 * Starts a CDN. The number in the path chooses the clip: they have the given lengths (ms) in turn. `respond` may say
 * that a path hangs, or what is to be added to its clip.
 */
export async function startCdn(
  lengthsMs: readonly number[],
  respond: (path: string) => "hang" | Uint8Array | undefined,
): Promise<TestServer> {
  const { samples } = await decode(fixture("voice.ogg"), LIMITS);
  const clips = lengthsMs.map((ms) => {
    const wanted = Float32Array.from({ length: ms * 16 }, (_, i) => samples[i % samples.length] ?? 0);
    return encodeOggOpus(wanted, 32);
  });
  return startTestServer((request, response) => {
    const more = respond(request.url ?? "");
    const clip = clips[Number(request.url?.slice(1)) % clips.length] ?? new Uint8Array();
    if (more === "hang") response.write(clip.subarray(0, 100));
    else response.end(Buffer.concat([clip, more ?? new Uint8Array()]));
  });
}
