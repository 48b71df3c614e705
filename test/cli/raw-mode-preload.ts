/** For `--import`: a process writes down when it makes its terminal raw and when it doesn't want it so, into `RAW_MODE_RECORD`. */

import { appendFileSync } from "node:fs";
import { ReadStream } from "node:tty";

const record = process.env["RAW_MODE_RECORD"] ?? "";
const { setRawMode } = ReadStream.prototype;

ReadStream.prototype.setRawMode = function (isRaw) {
  appendFileSync(record, isRaw ? "raw\n" : "cooked\n");
  return setRawMode.call(this, isRaw);
};
