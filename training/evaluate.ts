/** `npm run eval -- --data DIR --work DIR [--out models/timbre-1]`: crossval without the training. */

import { readOptions } from "./evaluation/options.ts";
import { report } from "./evaluation/report.ts";

process.exitCode = await report(readOptions(process.argv.slice(2)));
