/** Sample rate of everything after decoding, in Hz. */
export const SAMPLE_RATE_HZ = 16_000;
