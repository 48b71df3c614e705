/** Discord's packet of silence: clients send a few of them when somebody stops speaking. */
const SILENCE = Buffer.from([0xf8, 0xff, 0xfe]);

/** Whether a packet says that nothing is said. */
export function isSilence(opus: Uint8Array): boolean {
  return SILENCE.equals(opus);
}
