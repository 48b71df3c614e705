/** How a worker answers: what Discord refuses, and what people see while they wait. */

import { expect, test } from "vitest";
import type { NewClipJob } from "../../src/jobs/clip-job.ts";
import { SAMPLE_READING } from "../support/sample-reading.ts";
import { clip, TOKEN, task, useProcessor } from "./processor-house.ts";

const use = useProcessor();

test.each([
  [404, 10015, "Unknown Webhook"],
  [404, 10008, "Unknown Message"],
  [401, 50027, "Invalid Webhook Token"],
])("an answer that Discord refuses for good (%i, %i) isn't tried again", async (status, code, message) => {
  const house = use();
  house.edge.refuseNext({ status, body: { code, message } });
  await house.handlers.process(task(clip));
  await house.handlers.process(task(clip));
  expect(house.edge.edits).toEqual([]);
  expect((await house.store.clips.find("7"))?.answeredAt).toBeInstanceOf(Date);
});

test("an answer that Discord couldn't take is tried again without hearing again", async () => {
  const house = use();
  house.edge.refuseNext({ status: 503, body: { code: 0, message: "upstream" } });
  const error = await house.handlers.process(task(clip)).catch((reason: unknown) => reason);
  // It ends up in the queue and in logs.
  expect(String(error)).not.toContain(TOKEN);
  await house.handlers.process(task(clip));
  expect(house.heard).toBe(1);
  expect(house.edge.edits).toHaveLength(1);
});

const waiting: NewClipJob = {
  ...clip,
  reply: { ...clip.reply, kind: "interaction", applicationId: "1", token: TOKEN, locale: "de", showsProgress: true },
};

test("an answer that says that it waits says that it is heard, and then, as its last word, the outcome", async () => {
  const house = use();
  house.hear = async () => {
    expect(house.edge.edits.map(({ message }) => message.content)).toEqual([
      expect.stringContaining("hört `voice.ogg` an"),
    ]);
    return SAMPLE_READING;
  };
  await house.handlers.process(task(waiting));
  // Repeated, it is neither heard nor said again.
  await house.handlers.process(task(waiting));
  expect(house.edge.edits.map(({ message }) => message.embeds.length)).toEqual([0, 1]);
});

test("progress that can't be shown costs nothing but itself", async () => {
  const house = use();
  house.edge.refuseNext({ status: 503, body: { code: 0, message: "upstream" } });
  await house.handlers.process(task(waiting));
  expect(house.edge.edits.map(({ message }) => message.embeds.length)).toEqual([1]);
});

test("a worker that died after hearing doesn't say that it listens", async () => {
  const house = use();
  await house.store.clips.accept("7");
  await house.store.clips.saveReading("7", SAMPLE_READING);
  await house.handlers.process(task(waiting));
  expect(house.edge.edits.map(({ message }) => message.embeds.length)).toEqual([1]);
});
