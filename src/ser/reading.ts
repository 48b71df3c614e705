/** What the library says about one clip. */

/** Probability of each label, 0 to 1. They sum to 1, or are all 0 where nobody speaks. */
export type Scores = Readonly<Record<string, number>>;

/** Where a voice lies on scales such as arousal, dominance and valence: each 0 (low) to 1 (high). */
export type Dimensions = Readonly<Record<string, number>>;

/** The label of a clip in which nobody speaks. */
export const NO_SPEECH = "no-speech";

/** The label of speech that a model places on dimensions without naming an emotion. */
export const UNNAMED = "unnamed";

/** Scores of one window of a clip. */
export interface TimelineEntry {
  readonly startMs: number;
  readonly endMs: number;
  /** Whether somebody speaks in this window; if not, its scores are all 0. */
  readonly speech: boolean;
  readonly scores: Scores;
  /** As in `Reading`; absent also where nobody speaks. */
  readonly dimensions?: Dimensions;
}

/** Pitch and loudness over time, for drawing; both arrays have one value every `hopMs`. */
export interface Contour {
  readonly hopMs: number;
  /** Fundamental frequency in Hz; null where unvoiced. */
  readonly pitchHz: readonly (number | null)[];
  /** RMS level in dB below full scale; -100 is the floor. */
  readonly loudnessDbfs: readonly number[];
}

/** What of a voice can be measured and shown: pitch, volume, energy, spectrum. */
export interface AcousticProfile {
  /** Median, 10th and 90th percentile of the fundamental frequency, Hz; null without voiced frames. */
  readonly pitchHz: { readonly median: number; readonly low: number; readonly high: number } | null;
  /** RMS level of the frames with sound in them, dBFS. */
  readonly loudnessDbfs: number;
  /** Mean energy of a frame (sum of squares of its samples, full scale 1). */
  readonly energy: number;
  /** Spectral centroid in Hz, averaged with energy as weight; null in silence. */
  readonly brightnessHz: number | null;
  /** Share of the frames with sound in them that are voiced, 0 to 1. */
  readonly voicedShare: number;
  readonly contour: Contour;
}

/** Which model made a reading. */
export interface ModelInfo {
  readonly name: string;
  readonly version: string;
}

/** The result for one clip. */
export interface Reading {
  /** Whether somebody speaks in the clip. */
  readonly speech: boolean;
  /** The likeliest emotion, `NO_SPEECH`, or `UNNAMED` where the model gives dimensions and no emotions. */
  readonly label: string;
  /** Calibrated probability of `label`, 0 to 1; 0 for `UNNAMED`. */
  readonly confidence: number;
  /** True where the confidence is under the model's limit: say "uncertain", not the label alone. */
  readonly uncertain: boolean;
  /** Whether earlier utterances of the same speaker were taken into account. */
  readonly adapted: boolean;
  readonly scores: Scores;
  /** There for speech, when the model gives dimensions. */
  readonly dimensions?: Dimensions;
  readonly durationMs: number;
  readonly timeline: readonly TimelineEntry[];
  readonly profile: AcousticProfile;
  readonly model: ModelInfo;
}
