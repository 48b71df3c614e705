/** Whose a clip is, and what a worker owes to them: consent, retention, deletion, the first notice. */

import { expect, test } from "vitest";
import { UserError } from "../../src/errors.ts";
import type { Attribution, NewClipJob } from "../../src/jobs/clip-job.ts";
import { SAMPLE_READING } from "../support/sample-reading.ts";
import { clip, task, useProcessor } from "./processor-house.ts";

const use = useProcessor();

const attribution: Attribution = { source: "command", subjectId: "ada", askerId: "bert", guildId: "choir" };

test("a clip is stored with whose it is and where it comes from", async () => {
  const house = use();
  await house.handlers.process(task({ ...clip, attribution }));
  expect((await house.store.clips.find("7"))?.attribution).toEqual(attribution);
});

test("who opted out while the clip waited isn't heard, no audio is touched, and the asker is told", async () => {
  const house = use();
  await house.store.consents.choose("ada", "nothing");
  house.fetchUrl = () => Promise.reject(new Error("touched"));
  for (let i = 0; i < 2; i++) await house.handlers.process(task({ ...clip, attribution }));
  expect(house.edge.edits.map(({ message }) => message.content)).toEqual([expect.stringContaining("möchte nicht")]);
  expect(await house.store.clips.find("7")).toMatchObject({ reading: null, attribution: null });
});

test("a server that keeps nothing gets its answer once, and nothing is kept", async () => {
  const house = use();
  await house.store.guilds.change("choir", "mod", () => ({ retentionDays: 0 }));
  for (let i = 0; i < 2; i++) await house.handlers.process(task({ ...clip, attribution }));
  expect(house.heard).toBe(1);
  expect(house.edge.edits).toHaveLength(1);
  expect(JSON.stringify(house.edge.edits[0]?.message.embeds)).toContain("Freude");
  expect(await house.store.clips.find("7")).toMatchObject({ status: "forgotten", reading: null, attribution: null });
});

test("where nothing is kept, a worker that died before the answer leaves nothing behind, and the clip is heard again", async () => {
  const house = use();
  await house.store.guilds.change("choir", "mod", () => ({ retentionDays: 0 }));
  house.edge.refuseNext({ status: 503, body: { code: 0, message: "upstream" } });
  await expect(house.handlers.process(task({ ...clip, attribution }))).rejects.toThrow();
  expect(await house.store.clips.find("7")).toMatchObject({ status: "waiting", reading: null, attribution: null });
  await house.handlers.process(task({ ...clip, attribution }));
  expect(house.heard).toBe(2);
  expect(house.edge.edits).toHaveLength(1);
  expect(await house.store.clips.find("7")).toMatchObject({ status: "forgotten" });
});

test("a clip that is deleted while it is heard leaves nothing, and the asker is told", async () => {
  const house = use();
  house.hear = async () => {
    await house.store.histories.forget("ada");
    return SAMPLE_READING;
  };
  await house.handlers.process(task({ ...clip, attribution }));
  expect(house.edge.edits.map(({ message }) => message.content)).toEqual([
    expect.stringContaining("auf Wunsch gelöscht"),
  ]);
  expect(await house.store.clips.find("7")).toMatchObject({ status: "forgotten", reading: null });
});

test("a server's first answer says what Timbre is and that it can be wrong, and no other answer does", async () => {
  const house = use();
  const says = (content: string) =>
    content.includes("**Timbre ist neu hier.**") && content.includes("`/privatsphaere`");
  // An answer that doesn't come through has said nothing.
  house.edge.refuseNext({ status: 503, body: { code: 0, message: "upstream" } });
  await expect(house.handlers.process(task({ ...clip, attribution }))).rejects.toThrow();
  house.hear = () => Promise.reject(new UserError("not-audio"));
  for (const id of ["7", "8", "9"]) await house.handlers.process({ ...task({ ...clip, attribution }), id });
  await house.handlers.process({ ...task({ ...clip, attribution: { ...attribution, guildId: "band" } }), id: "10" });
  await house.handlers.process({
    ...task({ ...clip, attribution: { source: "command", subjectId: "ada" } }),
    id: "11",
  });
  expect(house.edge.edits.map(({ message }) => says(message.content))).toEqual([true, false, false, true, false]);
  expect(house.edge.edits[3]?.message.content).toContain("Audiodatei");
});

test.each(["asked", "nothing"] as const)(
  "a subject who wants no unasked reading (%s) isn't heard, though the job was there",
  async (choice) => {
    const house = use();
    await house.store.consents.choose("9", "live");
    await house.store.consents.choose("9", choice);
    const unasked: NewClipJob = {
      ...clip,
      reply: { kind: "message", channelId: "3", messageId: "4", answer: "reply", locale: "de" },
      attribution: { source: "automatic", subjectId: "9" },
    };
    await house.handlers.process(task(unasked));
    expect(house.heard).toBe(0);
    expect(house.edge.edits).toEqual([]);
  },
);
