import { expect, test } from "vitest";
import { readingSchema } from "../../src/store/reading-schema.ts";
import { SAMPLE_READING } from "../support/sample-reading.ts";

test("a reading comes back from JSON as it was, with and without dimensions", () => {
  const placed = { ...SAMPLE_READING, adapted: true, dimensions: { arousal: 0.7 } };
  for (const reading of [SAMPLE_READING, placed]) {
    expect(readingSchema.parse(JSON.parse(JSON.stringify(reading)))).toEqual(reading);
  }
});

test("one that was stored before there was adaptation wasn't adapted", () => {
  const { adapted: _, ...old } = SAMPLE_READING;
  expect(readingSchema.parse(old)).toEqual(SAMPLE_READING);
});
