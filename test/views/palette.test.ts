import { describe, expect, test } from "vitest";
import { styleOf } from "../../src/views/index.ts";

const LABELS = ["anger", "disgust", "fear", "happiness", "surprise", "sadness", "neutral"];
const FOREIGN = ["calm", "contempt", "bored", "excited", "frustrated", "other", "unknown", "<unk>"];
const WHITE = "#ffffff";
const DISCORD_DARK = "#313338";

type Triple = readonly [number, number, number];
type Matrix = readonly [Triple, Triple, Triple];

/** Machado, Oliveira and Fernandes 2009, severity 1, on linear RGB. */
const SIGHTS: Record<string, Matrix> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

function linear(hex: string): Triple {
  const channel = (from: number) => {
    const value = Number.parseInt(hex.slice(from, from + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

const dot = (a: Triple, b: Triple) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const apply = ([r, g, b]: Matrix, v: Triple): Triple => [dot(r, v), dot(g, v), dot(b, v)];
const clamp = ([r, g, b]: Triple): Triple => [unit(r), unit(g), unit(b)];
const unit = (x: number) => Math.min(1, Math.max(0, x));

function contrast(a: string, b: string): number {
  const luminance = (hex: string) => dot([0.2126, 0.7152, 0.0722], linear(hex)) + 0.05;
  return Math.max(luminance(a), luminance(b)) / Math.min(luminance(a), luminance(b));
}

function oklab(rgb: Triple): Triple {
  const [l, m, s] = apply(
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    rgb,
  );
  return apply(
    [
      [0.2104542553, 0.793617785, -0.0040720468],
      [1.9779984951, -2.428592205, 0.4505937099],
      [0.0259040371, 0.7827717662, -0.808675766],
    ],
    [Math.cbrt(l), Math.cbrt(m), Math.cbrt(s)],
  );
}

describe("the palette", () => {
  test.each([...LABELS, ...FOREIGN])("shows %s on white and on Discord's dark grey", (label) => {
    const { colour } = styleOf(label);
    expect(contrast(colour, WHITE)).toBeGreaterThanOrEqual(3);
    // Discord's lighter dark theme; our own card is darker still.
    expect(contrast(colour, DISCORD_DARK)).toBeGreaterThanOrEqual(2.2);
  });

  test.each(Object.entries(SIGHTS))("keeps emotions apart for %s sight", (_, sight) => {
    const seen = LABELS.map((label) => oklab(clamp(apply(sight, linear(styleOf(label).colour)))));
    const distances = seen.flatMap(([L, a, b], index) =>
      seen.slice(index + 1).map((other) => Math.hypot(L - other[0], a - other[1], b - other[2])),
    );
    expect(Math.min(...distances)).toBeGreaterThan(0.08);
  });

  test("gives every emotion an emoji of its own and a foreign label always the same colour", () => {
    expect(new Set(LABELS.map((label) => styleOf(label).emoji)).size).toBe(LABELS.length);
    expect(styleOf("toString")).toEqual(styleOf("toString"));
    expect(styleOf("toString").emoji).toBe("🎭");
  });
});
