/** The microphone: what it hears goes into a file in the browser, and nowhere else. */

/** Longest recording, ms. */
export const LONGEST_RECORDING_MS = 120_000;
/** Time between two measurements of loudness, ms. */
const HOP_MS = 50;

/** A recording under way. */
export interface Recording {
  /** Ends it and gives what was recorded. */
  finish(): Promise<File>;
  /** Ends it and throws it away. */
  discard(): void;
}

/** Whether this browser lets a page record here; it doesn't outside of https and this machine. */
export const CAN_RECORD = "mediaDevices" in navigator && "MediaRecorder" in globalThis;

/**
 * Asks for the microphone and begins. `hear` gets the loudest amplitude (0 to 1) of each 50 ms.
 * @throws DOMException `NotAllowedError` when the reader or their system says no, `NotFoundError` without a microphone.
 */
export async function record(name: string, hear: (amplitude: number) => void): Promise<Recording> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const audio = new AudioContext();
  const analyser = new AnalyserNode(audio, { fftSize: 2048 });
  audio.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    hear(samples.reduce((loudest, sample) => Math.max(loudest, Math.abs(sample)), 0));
  }, HOP_MS);

  const chunks: Blob[] = [];
  const recorder = new MediaRecorder(stream);
  recorder.addEventListener("dataavailable", ({ data }) => chunks.push(data));
  const ended = new Promise<void>((resolve) => recorder.addEventListener("stop", () => resolve(), { once: true }));
  recorder.start();

  const stop = () => {
    clearInterval(timer);
    if (recorder.state !== "inactive") recorder.stop();
    for (const track of stream.getTracks()) track.stop();
    if (audio.state !== "closed") void audio.close();
  };
  return {
    async finish() {
      stop();
      await ended;
      return new File(chunks, name, { type: recorder.mimeType });
    },
    discard: stop,
  };
}
