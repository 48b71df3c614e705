/** The card's pictures, in the look of the product's own. */

import type { CalibrationBin, RiskPoint } from "../../src/cli/metrics.ts";
import { curvesPicture } from "../../src/views/index.ts";

/** Accuracy on what is answered, against the share that is. @returns a PNG */
export function riskCoveragePicture(series: Readonly<Record<string, readonly RiskPoint[]>>): Promise<Uint8Array> {
  return curvesPicture({
    title: "Saying less, and being right more often",
    x: "share of the clips that are answered, the surest first",
    y: "accuracy on those",
    curves: Object.entries(series).map(([name, points]) => ({
      name,
      points: points.map(({ coverage, accuracy }) => ({ x: coverage, y: accuracy })),
    })),
    diagonal: false,
  });
}

/** How often the model is right, against how sure it says it is: the diagonal is honest. @returns a PNG */
export function reliabilityPicture(series: Readonly<Record<string, readonly CalibrationBin[]>>): Promise<Uint8Array> {
  return curvesPicture({
    title: "Is it as right as it is sure?",
    x: "confidence",
    y: "accuracy at that confidence",
    curves: Object.entries(series).map(([name, bins]) => ({
      name,
      points: bins.map(({ confidence, accuracy }) => ({ x: confidence, y: accuracy })),
    })),
    diagonal: true,
  });
}
