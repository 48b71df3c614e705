import { expect, test } from "vitest";
import { z } from "zod";
import { type JobVersion, jobReader } from "../../src/jobs/versions.ts";

/** Four versions of one job, each of which adds a field, as four Timbres one after another would know them. */
const first = {
  version: 1,
  schema: z.object({ version: z.literal(1), url: z.string() }),
} satisfies JobVersion<unknown>;
const second = {
  version: 2,
  schema: z.object({ version: z.literal(2), url: z.string(), locale: z.string() }),
  upgrade: (job) => ({ ...job, locale: "en" }),
} satisfies JobVersion<unknown>;
const third = {
  version: 3,
  schema: z.object({ version: z.literal(3), url: z.string(), locale: z.string(), trace: z.string().optional() }),
  upgrade: (job) => job,
} satisfies JobVersion<unknown>;

const jobs = [
  { version: 1, url: "a" },
  { version: 2, url: "a", locale: "de" },
  { version: 3, url: "a", locale: "de", trace: "t" },
] as const;

test("the version's own jobs are read as they are", () => {
  expect([first, second, third].map((known, i) => jobReader<unknown>(known)(jobs[i]))).toEqual(
    jobs.map((job) => ({ kind: "job", job })),
  );
});

test("an old bot with a new worker: the job is upgraded", () => {
  expect(jobReader(second)(jobs[0])).toEqual({ kind: "job", job: { version: 2, url: "a", locale: "en" } });
  expect(jobReader(third)(jobs[1])).toEqual({ kind: "job", job: { version: 3, url: "a", locale: "de" } });
});

test("a new bot with an old worker: what the worker doesn't know is ignored", () => {
  expect(jobReader(first)(jobs[1])).toEqual({ kind: "job", job: { version: 1, url: "a" } });
  expect(jobReader(second)(jobs[2])).toEqual({ kind: "job", job: { version: 2, url: "a", locale: "de" } });
});

test("two versions apart is too far, either way", () => {
  expect(jobReader(first)(jobs[2])).toEqual({ kind: "too-new", version: 3 });
  expect(jobReader(third)(jobs[0])).toMatchObject({ kind: "unreadable" });
});

test("a version ahead that took something away is for a newer worker", () => {
  expect(jobReader(first)({ version: 2, address: "a" })).toEqual({ kind: "too-new", version: 2 });
});

test.each([null, 7, "job", [], {}, { version: "1" }, { version: 0 }, { version: 1 }])("%j is unreadable", (data) => {
  expect(jobReader(first)(data)).toMatchObject({ kind: "unreadable" });
});
