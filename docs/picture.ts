/**
 * Makes the picture of a reply that README shows, from a real reading of a file:
 *
 *     npm exec -- node docs/picture.ts RECORDING [docs/reply.png]
 */

import { readFile, writeFile } from "node:fs/promises";
import { SHIPPED_MODEL_DIR } from "../src/config.ts";
import { translator } from "../src/i18n/index.ts";
import { openAnalyzer } from "../src/ser/index.ts";
import { drawReading } from "../src/views/index.ts";

const [recording, picture = "docs/reply.png"] = process.argv.slice(2);
if (recording === undefined) throw new Error("Say which recording to read: node docs/picture.ts RECORDING [PICTURE]");

const analyzer = await openAnalyzer({ modelDir: SHIPPED_MODEL_DIR });
try {
  const reading = await analyzer.analyze(await readFile(recording));
  await writeFile(picture, await drawReading(reading, translator("en")));
} finally {
  await analyzer.close();
}
