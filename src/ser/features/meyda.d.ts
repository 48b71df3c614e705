/**
 * The part of Meyda that we use. Its own types describe an ES module, but Node gets a
 * CommonJS one whose exports are the object itself; tsconfig's `paths` puts these in their place.
 */
declare const meyda: {
  readonly featureExtractors: {
    /** In bins; NaN where all amplitudes are 0. */
    spectralCentroid(spectrum: { readonly ampSpectrum: Float32Array }): number;
  };
};
export default meyda;
