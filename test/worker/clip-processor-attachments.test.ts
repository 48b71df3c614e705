/** Attachments of messages: read once, and found again when their address has expired. */

import { expect, test } from "vitest";
import { UserError } from "../../src/errors.ts";
import type { NewClipJob } from "../../src/jobs/clip-job.ts";
import { SAMPLE_READING } from "../support/sample-reading.ts";
import { ADDRESS, clip, task, useProcessor, VOICE } from "./processor-house.ts";

const use = useProcessor();

const ofMessage = { source: "menu", subjectId: "5", channelId: "6", messageId: "8", attachmentId: "9" } as const;

const hanging: NewClipJob = { ...clip, attribution: ofMessage };

test("the same attachment is answered from the stored reading, if its subject still agrees", async () => {
  const house = use();
  await house.handlers.process(task(hanging));
  await house.handlers.process({ ...task(hanging), id: "again" });
  expect(house.heard).toBe(1);
  expect(house.edge.edits).toHaveLength(2);
  expect((await house.store.clips.find("again"))?.reading).toEqual(SAMPLE_READING);

  await house.store.consents.choose("5", "nothing");
  await house.handlers.process({ ...task(hanging), id: "later" });
  expect(house.edge.edits.at(-1)?.message.content).toContain("möchte nicht");
});

test("a stored reading of another model is not taken", async () => {
  const house = use();
  await house.store.clips.accept("old", ofMessage);
  await house.store.clips.saveReading("old", { ...SAMPLE_READING, model: { name: "timbre", version: "0" } });
  await house.handlers.process(task(hanging));
  expect(house.heard).toBe(1);
});

test("an attachment whose address has expired is found again; only then it is refused", async () => {
  const house = use();
  house.fetchUrl = (url) => (url === ADDRESS ? Promise.reject(new UserError("fetch-gone")) : Promise.resolve(VOICE));
  house.freshAddress = async (asked) => {
    expect(asked).toEqual(ofMessage);
    return "https://cdn.discordapp.com/fresh/voice.ogg";
  };
  await house.handlers.process(task(hanging));
  expect((await house.store.clips.find("7"))?.status).toBe("done");

  house.freshAddress = () => Promise.reject(new UserError("message-gone"));
  await house.handlers.process({
    ...task({ ...hanging, attribution: { ...ofMessage, attachmentId: "10" } }),
    id: "gone",
  });
  expect(house.edge.edits.at(-1)?.message.content).toContain("wurde gelöscht");
});
