/**
 * The part of Meyda that we use. Its own types describe an ES module, but Node gets a
 * CommonJS one whose exports are the object itself; tsconfig's `paths` puts these in their place.
 */
declare const meyda: {
  bufferSize: number;
  sampleRate: number;
  extract(features: readonly ["spectralCentroid"], signal: Float32Array): { spectralCentroid: number } | null;
};
export default meyda;
