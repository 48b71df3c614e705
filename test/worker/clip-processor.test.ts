import { Writable } from "node:stream";
import { pino } from "pino";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { UserError } from "../../src/errors.ts";
import type { Attribution, NewClipJob } from "../../src/jobs/clip-job.ts";
import { type ClipHandlers, FinalError, PostponeError } from "../../src/jobs/consumer.ts";
import { ThreadDeathError } from "../../src/ser/index.ts";
import { openStore, type Store } from "../../src/store/index.ts";
import { clipProcessor } from "../../src/worker/clip-processor.ts";
import type { FreshAddress } from "../../src/worker/fresh-address.ts";
import { discordReplier } from "../../src/worker/reply.ts";
import { type AnswerEdge, startAnswerEdge } from "../support/answer-edge.ts";
import { startTestPostgres, type TestPostgres } from "../support/postgres.ts";
import { SAMPLE_READING } from "../support/sample-reading.ts";

const VOICE = Buffer.from("a voice");
const TOKEN = "secret-interaction-token";
const ADDRESS = "https://cdn.discordapp.com/secret/voice.ogg";

let postgres: TestPostgres;
let store: Store;
let edge: AnswerEdge;
let logged: string;
/** What the analyzer does with a clip, and how often it was asked. */
let hear: () => Promise<typeof SAMPLE_READING>;
let heard: number;
/** Where clips lie, and how one is found again. */
let fetchUrl: (url: string) => Promise<Uint8Array>;
let freshAddress: FreshAddress;
let handlers: ClipHandlers;

beforeAll(async () => {
  postgres = await startTestPostgres();
});

afterAll(() => postgres.stop());

beforeEach(async () => {
  store = await openStore(await postgres.createDatabase());
  edge = await startAnswerEdge();
  logged = "";
  heard = 0;
  hear = async () => SAMPLE_READING;
  fetchUrl = async () => VOICE;
  freshAddress = () => Promise.reject(new UserError("fetch-gone"));
  const log = new Writable({
    write(chunk, _encoding, done) {
      logged += String(chunk);
      done();
    },
  });
  handlers = clipProcessor({
    store,
    analyzer: {
      model: SAMPLE_READING.model,
      analyze: (bytes) => {
        expect(Buffer.from(bytes).toString()).toBe("a voice");
        heard++;
        return hear();
      },
    },
    limits: {},
    replier: discordReplier(edge.api, undefined, { retries: 0 }),
    fetchUrl: (url) => fetchUrl(url),
    freshAddress: (asked) => freshAddress(asked),
    logger: pino({ level: "trace" }, log),
  });
});

afterEach(async () => {
  await edge.close();
  await store.close();
  for (const secret of [TOKEN, ADDRESS, "voice.ogg"]) expect(logged).not.toContain(secret);
});

const clip: NewClipJob = {
  version: 1,
  source: { kind: "url", url: ADDRESS },
  reply: { kind: "interaction", applicationId: "1", token: TOKEN, locale: "de" },
  filename: "voice.ogg",
};
const upload: NewClipJob = { ...clip, source: { kind: "upload", uploadId: "u" }, reply: { kind: "stored" } };

function task(data: unknown, { tryNumber = 1, signal = new AbortController().signal, askedAtMs = Date.now() } = {}) {
  return { id: "7", data, tryNumber, lastTry: tryNumber === 3, askedAtMs, signal };
}

test("a clip is heard, stored and answered with a picture in the person's language", async () => {
  await handlers.process(task(clip));
  expect(await store.clips.find("7")).toMatchObject({ status: "done", reading: SAMPLE_READING });
  expect((await store.clips.find("7"))?.answeredAt).toBeInstanceOf(Date);
  const [edit] = edge.edits;
  expect(edit).toMatchObject({ path: `/api/v10/webhooks/1/${TOKEN}/messages/@original`, hasPicture: true });
  expect(JSON.stringify(edit?.message.embeds)).toContain("Freude");
  // The token in the path is enough, so the bot's own isn't needed.
  expect(edit?.authorization).toBeUndefined();
});

test("a repeated job changes nothing and answers once", async () => {
  for (let i = 0; i < 3; i++) await handlers.process(task(clip));
  expect(heard).toBe(1);
  expect(edge.edits).toHaveLength(1);
});

test("a worker that died after hearing only answers", async () => {
  await store.clips.accept("7");
  await store.clips.saveReading("7", { ...SAMPLE_READING, label: "anger" });
  await handlers.process(task(clip));
  expect(heard).toBe(0);
  expect(JSON.stringify(edge.edits[0]?.message.embeds)).toContain("Ärger");
});

test("what is wrong with the clip is said in a sentence, and not tried again", async () => {
  hear = () => Promise.reject(new UserError("not-audio"));
  await handlers.process(task(clip));
  expect((await store.clips.find("7"))?.error?.code).toBe("not-audio");
  expect(edge.edits[0]?.message).toMatchObject({ content: expect.stringContaining("Audiodatei"), embeds: [] });
});

test("what may pass leaves everything as it was for the next try", async () => {
  await store.uploads.keep("u", VOICE);
  hear = () => Promise.reject(new Error("out of memory"));
  await expect(handlers.process(task(upload))).rejects.toThrow("out of memory");
  expect(await store.clips.find("7")).toMatchObject({ status: "waiting", answeredAt: null });
  expect(await store.uploads.fetch("u")).toEqual(VOICE);
  hear = async () => SAMPLE_READING;
  await handlers.process(task(upload));
  expect(await store.clips.find("7")).toMatchObject({ status: "done" });
});

test("after the last try the person is told", async () => {
  hear = () => Promise.reject(new Error("out of memory"));
  await expect(handlers.process(task(clip, { tryNumber: 3 }))).rejects.toThrow("out of memory");
  await handlers.abandoned(task(clip, { tryNumber: 3 }));
  expect((await store.clips.find("7"))?.error?.code).toBe("gave-up");
  expect(edge.edits.map(({ message }) => message.content)).toEqual([
    expect.stringContaining("trotz mehrerer Versuche"),
  ]);
});

test("a clip whose workers all died is answered by the queue's last word", async () => {
  await handlers.abandoned(task(clip));
  expect(edge.edits).toHaveLength(1);
  expect((await store.clips.find("7"))?.error?.code).toBe("gave-up");
});

test.each(["done", "failed", "given up"])("no audio stays when the job is %s", async (end) => {
  await store.uploads.keep("u", VOICE);
  if (end === "failed") hear = () => Promise.reject(new UserError("empty"));
  if (end === "given up") hear = () => Promise.reject(new Error("out of memory"));
  await handlers.process(task(upload, { tryNumber: 3 })).catch(() => undefined);
  expect((await store.clips.find("7"))?.status).not.toBe("waiting");
  expect(await store.uploads.fetch("u")).toBeUndefined();
});

const attribution: Attribution = { source: "command", subjectId: "ada", askerId: "bert", guildId: "choir" };

test("a clip is stored with whose it is and where it comes from", async () => {
  await handlers.process(task({ ...clip, attribution }));
  expect((await store.clips.find("7"))?.attribution).toEqual(attribution);
});

test("who opted out while the clip waited isn't heard, no audio is touched, and the asker is told", async () => {
  await store.consents.choose("ada", "nothing");
  fetchUrl = () => Promise.reject(new Error("touched"));
  for (let i = 0; i < 2; i++) await handlers.process(task({ ...clip, attribution }));
  expect(edge.edits.map(({ message }) => message.content)).toEqual([expect.stringContaining("möchte nicht")]);
  expect(await store.clips.find("7")).toMatchObject({ reading: null, attribution: null });
});

test("a server that keeps nothing gets its answer once, and nothing is kept", async () => {
  await store.guilds.change("choir", "mod", () => ({ retentionDays: 0 }));
  for (let i = 0; i < 2; i++) await handlers.process(task({ ...clip, attribution }));
  expect(heard).toBe(1);
  expect(edge.edits).toHaveLength(1);
  expect(JSON.stringify(edge.edits[0]?.message.embeds)).toContain("Freude");
  expect(await store.clips.find("7")).toMatchObject({ status: "forgotten", reading: null, attribution: null });
});

test("where nothing is kept, a worker that died before the answer leaves nothing behind, and the clip is heard again", async () => {
  await store.guilds.change("choir", "mod", () => ({ retentionDays: 0 }));
  edge.refuseNext({ status: 503, body: { code: 0, message: "upstream" } });
  await expect(handlers.process(task({ ...clip, attribution }))).rejects.toThrow();
  expect(await store.clips.find("7")).toMatchObject({ status: "waiting", reading: null, attribution: null });
  await handlers.process(task({ ...clip, attribution }));
  expect(heard).toBe(2);
  expect(edge.edits).toHaveLength(1);
  expect(await store.clips.find("7")).toMatchObject({ status: "forgotten" });
});

test("a clip that is deleted while it is heard leaves nothing, and the asker is told", async () => {
  hear = async () => {
    await store.histories.forget("ada");
    return SAMPLE_READING;
  };
  await handlers.process(task({ ...clip, attribution }));
  expect(edge.edits.map(({ message }) => message.content)).toEqual([expect.stringContaining("auf Wunsch gelöscht")]);
  expect(await store.clips.find("7")).toMatchObject({ status: "forgotten", reading: null });
});

test("a server's first answer says what Timbre is and that it can be wrong, and no other answer does", async () => {
  const says = (content: string) =>
    content.includes("**Timbre ist neu hier.**") && content.includes("`/privatsphaere`");
  // An answer that doesn't come through has said nothing.
  edge.refuseNext({ status: 503, body: { code: 0, message: "upstream" } });
  await expect(handlers.process(task({ ...clip, attribution }))).rejects.toThrow();
  hear = () => Promise.reject(new UserError("not-audio"));
  for (const id of ["7", "8", "9"]) await handlers.process({ ...task({ ...clip, attribution }), id });
  await handlers.process({ ...task({ ...clip, attribution: { ...attribution, guildId: "band" } }), id: "10" });
  await handlers.process({ ...task({ ...clip, attribution: { source: "command", subjectId: "ada" } }), id: "11" });
  expect(edge.edits.map(({ message }) => says(message.content))).toEqual([true, false, false, true, false]);
  expect(edge.edits[3]?.message.content).toContain("Audiodatei");
});

test("an upload that is gone is said so", async () => {
  await handlers.process(task(upload));
  expect((await store.clips.find("7"))?.error?.code).toBe("upload-gone");
});

test.each([
  [404, 10015, "Unknown Webhook"],
  [404, 10008, "Unknown Message"],
  [401, 50027, "Invalid Webhook Token"],
])("an answer that Discord refuses for good (%i, %i) isn't tried again", async (status, code, message) => {
  edge.refuseNext({ status, body: { code, message } });
  await handlers.process(task(clip));
  await handlers.process(task(clip));
  expect(edge.edits).toEqual([]);
  expect((await store.clips.find("7"))?.answeredAt).toBeInstanceOf(Date);
});

test("an answer that Discord couldn't take is tried again without hearing again", async () => {
  edge.refuseNext({ status: 503, body: { code: 0, message: "upstream" } });
  const error = await handlers.process(task(clip)).catch((reason: unknown) => reason);
  // It ends up in the queue and in logs.
  expect(String(error)).not.toContain(TOKEN);
  await handlers.process(task(clip));
  expect(heard).toBe(1);
  expect(edge.edits).toHaveLength(1);
});

test("a bot that is one version ahead is served, and what it says beyond that is ignored", async () => {
  await handlers.process(task({ ...clip, version: 2, attribution: { source: "command", mood: "new" }, priority: 3 }));
  expect(await store.clips.find("7")).toMatchObject({ status: "done", attribution: { source: "command" } });
  expect(edge.edits).toHaveLength(1);
});

test("a job for a newer worker is left to it for a while; then its person is told", async () => {
  const newer = { ...clip, version: 3 };
  await expect(handlers.process(task(newer))).rejects.toThrow(PostponeError);
  expect(edge.edits).toEqual([]);
  const old = task(newer, { askedAtMs: Date.now() - 14 * 60_000 });
  await expect(handlers.process(old)).rejects.toThrow(FinalError);
  await handlers.abandoned(old);
  expect(edge.edits[0]?.message.content).toContain("Kennzeichen");
});

test("what no version ever wrote is given up without a word to anybody, and said in the log", async () => {
  for (const data of [null, "clip", { ...clip, version: 0 }, { version: 1 }]) {
    await expect(handlers.process(task(data))).rejects.toThrow(FinalError);
  }
  await handlers.abandoned(task({ version: 1 }));
  expect(edge.edits).toEqual([]);
  expect(logged).toContain("nobody can be told");
});

test("a clip that kills its thread twice is quarantined, and its person is told", async () => {
  hear = () => Promise.reject(new ThreadDeathError("An analysis thread died: out of memory"));
  await expect(handlers.process(task(clip))).rejects.toThrow(ThreadDeathError);
  expect(edge.edits).toEqual([]);
  await expect(handlers.process(task(clip, { tryNumber: 2 }))).rejects.toThrow(FinalError);
  expect(heard).toBe(2);
  expect(edge.edits).toHaveLength(1);
  expect(edge.edits[0]?.message.content).toContain("Kennzeichen");
  expect(logged).toContain("quarantined");
});

test("a clip that must go back into the queue leaves no answer, whichever part it was in", async () => {
  const stop = new AbortController();
  const stopped = task(clip, { signal: stop.signal });
  hear = () => {
    stop.abort(new Error("stopping"));
    return new Promise(() => undefined);
  };
  await expect(handlers.process(stopped)).rejects.toThrow("stopping");
  hear = async () => SAMPLE_READING;
  await expect(handlers.process(stopped)).rejects.toThrow("stopping");
  expect(edge.edits).toEqual([]);
  await handlers.process(task(clip));
  expect(edge.edits).toHaveLength(1);
});

const waiting: NewClipJob = {
  ...clip,
  reply: { ...clip.reply, kind: "interaction", applicationId: "1", token: TOKEN, locale: "de", showsProgress: true },
};

test("an answer that says that it waits says that it is heard, and then, as its last word, the outcome", async () => {
  hear = async () => {
    expect(edge.edits.map(({ message }) => message.content)).toEqual([expect.stringContaining("hört `voice.ogg` an")]);
    return SAMPLE_READING;
  };
  await handlers.process(task(waiting));
  // Repeated, it is neither heard nor said again.
  await handlers.process(task(waiting));
  expect(edge.edits.map(({ message }) => message.embeds.length)).toEqual([0, 1]);
});

test("progress that can't be shown costs nothing but itself", async () => {
  edge.refuseNext({ status: 503, body: { code: 0, message: "upstream" } });
  await handlers.process(task(waiting));
  expect(edge.edits.map(({ message }) => message.embeds.length)).toEqual([1]);
});

test("a worker that died after hearing doesn't say that it listens", async () => {
  await store.clips.accept("7");
  await store.clips.saveReading("7", SAMPLE_READING);
  await handlers.process(task(waiting));
  expect(edge.edits.map(({ message }) => message.embeds.length)).toEqual([1]);
});

test.each(["asked", "nothing"] as const)(
  "a subject who wants no unasked reading (%s) isn't heard, though the job was there",
  async (choice) => {
    await store.consents.choose("9", "live");
    await store.consents.choose("9", choice);
    const unasked: NewClipJob = {
      ...clip,
      reply: { kind: "message", channelId: "3", messageId: "4", answer: "reply", locale: "de" },
      attribution: { source: "automatic", subjectId: "9" },
    };
    await handlers.process(task(unasked));
    expect(heard).toBe(0);
    expect(edge.edits).toEqual([]);
  },
);
const ofMessage = { source: "menu", subjectId: "5", channelId: "6", messageId: "8", attachmentId: "9" } as const;
const hanging: NewClipJob = { ...clip, attribution: ofMessage };

test("the same attachment is answered from the stored reading, if its subject still agrees", async () => {
  await handlers.process(task(hanging));
  await handlers.process({ ...task(hanging), id: "again" });
  expect(heard).toBe(1);
  expect(edge.edits).toHaveLength(2);
  expect((await store.clips.find("again"))?.reading).toEqual(SAMPLE_READING);

  await store.consents.choose("5", "nothing");
  await handlers.process({ ...task(hanging), id: "later" });
  expect(edge.edits.at(-1)?.message.content).toContain("möchte nicht");
});

test("a stored reading of another model is not taken", async () => {
  await store.clips.accept("old", ofMessage);
  await store.clips.saveReading("old", { ...SAMPLE_READING, model: { name: "timbre", version: "0" } });
  await handlers.process(task(hanging));
  expect(heard).toBe(1);
});

test("an attachment whose address has expired is found again; only then it is refused", async () => {
  fetchUrl = (url) => (url === ADDRESS ? Promise.reject(new UserError("fetch-gone")) : Promise.resolve(VOICE));
  freshAddress = async (asked) => {
    expect(asked).toEqual(ofMessage);
    return "https://cdn.discordapp.com/fresh/voice.ogg";
  };
  await handlers.process(task(hanging));
  expect((await store.clips.find("7"))?.status).toBe("done");

  freshAddress = () => Promise.reject(new UserError("message-gone"));
  await handlers.process({ ...task({ ...hanging, attribution: { ...ofMessage, attachmentId: "10" } }), id: "gone" });
  expect(edge.edits.at(-1)?.message.content).toContain("wurde gelöscht");
});

test("the reference that the person is given stands in the log", async () => {
  hear = () => Promise.reject(new Error("out of memory"));
  await handlers.process(task(clip, { tryNumber: 3 })).catch(() => undefined);
  const reference = (await store.clips.find("7"))?.error?.parameters["reference"];
  expect(edge.edits[0]?.message.content).toContain(`Kennzeichen: ${reference}.`);
  expect(logged).toContain(`"clip":"7","reference":"${reference}"`);
});
