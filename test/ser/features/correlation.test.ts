import { expect, test } from "vitest";
import { Correlation } from "../../../src/ser/features/correlation.ts";
import { randomFrom } from "../../support/random.ts";

test("gives the same sums as multiplying out, for two frames at a time", () => {
  const [window, longestLag] = [24, 13];
  const random = randomFrom(1);
  const samples = Float32Array.from({ length: 200 }, () => random() - 0.5);
  const correlation = new Correlation(window, longestLag);
  for (const [first, second] of [
    [0, 20],
    [70, 70],
    [200 - window - longestLag, 5],
  ] as const) {
    correlation.measure(samples, first, second);
    for (const [which, start] of [first, second].entries()) {
      for (let lag = 0; lag <= longestLag; lag++) {
        let sum = 0;
        for (let i = start; i < start + window; i++) sum += (samples[i] ?? 0) * (samples[i + lag] ?? 0);
        expect(correlation.products[which]?.[lag]).toBeCloseTo(sum, 10);
      }
    }
  }
});
