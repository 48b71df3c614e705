/** The one public door of the library: audio bytes in, readings out. */

export { type AnalyzeOptions, type Analyzer, type AnalyzerOptions, openAnalyzer, readModelInfo } from "./analyzer.ts";
export { isOpusPacket, opusPacketSamples } from "./decode/opus-packet.ts";
export { SAMPLE_RATE_HZ } from "./decode/sample-rate.ts";
export { ModelError } from "./model/file.ts";
export { muxOggOpus } from "./ogg-mux.ts";
export { encodeOggOpus } from "./opus-encode.ts";
export { concealment } from "./opus-gap.ts";
export type { AnalysisTimes, ReadingInContext } from "./pipeline.ts";
export * from "./reading.ts";
export { reencodeOpus } from "./reencode.ts";
export { type SpeakerStatistics, UNHEARD } from "./speaker.ts";
export { speakerSchema } from "./speaker-schema.ts";
export { ThreadDeathError } from "./thread-pool.ts";
