/** A clip processor whose surroundings a test decides: a real store, Discord's edge for answers, and an analyzer that says what it is told. */

import { Writable } from "node:stream";
import { pino } from "pino";
import { afterEach, beforeEach, expect } from "vitest";
import { UserError } from "../../src/errors.ts";
import type { NewClipJob } from "../../src/jobs/clip-job.ts";
import type { ClipHandlers } from "../../src/jobs/consumer.ts";
import { openStore, type Store } from "../../src/store/index.ts";
import { clipProcessor } from "../../src/worker/clip-processor.ts";
import type { FreshAddress } from "../../src/worker/fresh-address.ts";
import { discordReplier } from "../../src/worker/reply.ts";
import { type AnswerEdge, startAnswerEdge } from "../support/answer-edge.ts";
import { postgresForFile } from "../support/postgres-for-file.ts";
import { SAMPLE_READING } from "../support/sample-reading.ts";

/** What every clip here sounds like. */
export const VOICE = Buffer.from("a voice");
/** Of the interaction that is answered; no log may hold it. */
export const TOKEN = "secret-interaction-token";
/** Where clips lie; no log may hold it either. */
export const ADDRESS = "https://cdn.discordapp.com/secret/voice.ogg";

/** A clip to be fetched, whose asker waits for the answer in German. */
export const clip: NewClipJob = {
  version: 1,
  source: { kind: "url", url: ADDRESS },
  reply: { kind: "interaction", applicationId: "1", token: TOKEN, locale: "de" },
  filename: "voice.ogg",
};

/** A job as the queue hands it over. */
export function task(
  data: unknown,
  { tryNumber = 1, signal = new AbortController().signal, askedAtMs = Date.now() } = {},
) {
  return { id: "7", data, tryNumber, lastTry: tryNumber === 3, askedAtMs, signal };
}

/** The processor and what is around it; new for every test. */
export class ProcessorHouse {
  readonly store: Store;
  readonly edge: AnswerEdge;
  readonly handlers: ClipHandlers;
  /** All that was logged so far. */
  logged = "";
  /** What the analyzer does with a clip, and how often it was asked. */
  hear = async () => SAMPLE_READING;
  heard = 0;
  /** Where clips lie, and how one is found again. */
  fetchUrl: (url: string) => Promise<Uint8Array> = async () => VOICE;
  freshAddress: FreshAddress = () => Promise.reject(new UserError("fetch-gone"));

  constructor(store: Store, edge: AnswerEdge) {
    this.store = store;
    this.edge = edge;
    const log = new Writable({
      write: (chunk, _encoding, done) => {
        this.logged += String(chunk);
        done();
      },
    });
    this.handlers = clipProcessor({
      store,
      analyzer: {
        model: SAMPLE_READING.model,
        analyze: (bytes) => {
          expect(Buffer.from(bytes).toString()).toBe("a voice");
          this.heard++;
          return this.hear();
        },
      },
      limits: {},
      replier: discordReplier(edge.api, undefined, { retries: 0 }),
      fetchUrl: (url) => this.fetchUrl(url),
      freshAddress: (asked) => this.freshAddress(asked),
      logger: pino({ level: "trace" }, log),
    });
  }
}

/** Gives each test of a file a house of its own, and looks for secrets in its log afterwards. */
export function useProcessor(): () => ProcessorHouse {
  const postgres = postgresForFile();
  let house: ProcessorHouse;
  beforeEach(async () => {
    house = new ProcessorHouse(await openStore(await postgres.createDatabase()), await startAnswerEdge());
  });
  afterEach(async () => {
    await house.edge.close();
    await house.store.close();
    for (const secret of [TOKEN, ADDRESS, "voice.ogg"]) expect(house.logged).not.toContain(secret);
  });
  return () => house;
}
