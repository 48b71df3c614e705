/**
 * Five hundred sounds that nobody says, for measuring how often the model hears an emotion in them. Each is made from
 * its kind and number alone, so the set is the same on every machine. Between 1.5 and 4 s long, -45 to -15 dBFS.
 */

import { SAMPLE_RATE_HZ } from "../../src/ser/decode/index.ts";
import { type Random, randomFrom } from "./random.ts";
import { addAt, colouredNoise, mixed, resonant, reverberated, rms, scaledTo, silence, soundOf } from "./sound.ts";

/** How many sounds there are of each kind. */
export const NO_SPEECH_COUNTS = {
  silence: 40,
  "steady noise": 90,
  babble: 90,
  tones: 70,
  music: 80,
  keyboard: 70,
  breath: 60,
} as const;
/** A kind of sound that nobody says. */
export type NoSpeechKind = keyof typeof NO_SPEECH_COUNTS;

/** One of the sounds. */
export interface NoSpeechSound {
  readonly kind: NoSpeechKind;
  readonly number: number;
}

const RECIPES: Readonly<Record<NoSpeechKind, (seconds: number, random: Random) => Float32Array>> = {
  silence: quiet,
  "steady noise": steadyNoise,
  babble,
  tones,
  music,
  keyboard,
  breath,
};

const KINDS: readonly NoSpeechKind[] = ["silence", "steady noise", "babble", "tones", "music", "keyboard", "breath"];

/** All of them. */
export const NO_SPEECH_SOUNDS: readonly NoSpeechSound[] = KINDS.flatMap((kind) =>
  Array.from({ length: NO_SPEECH_COUNTS[kind] }, (_, number) => ({ kind, number })),
);

/** Samples of a sound at 16 kHz. */
export function soundThatNobodySays({ kind, number }: NoSpeechSound): Float32Array {
  const random = randomFrom(`${kind} ${number}`);
  const sound = RECIPES[kind](random.uniform(1.5, 4), random);
  if (kind === "silence") return sound;
  const levelDbfs = random.uniform(-45, -15);
  return scaledTo(sound, 10 ** (levelDbfs / 20)).map((sample) => Math.max(-1, Math.min(1, sample)));
}

/** Digital silence, or the hiss of an open microphone at -90 to -60 dBFS. */
function quiet(seconds: number, random: Random): Float32Array {
  const sound = silence(seconds);
  if (random.uniform() < 0.3) return sound;
  return scaledTo(colouredNoise(sound.length, random.uniform(0, 4), random), 10 ** (random.uniform(-90, -60) / 20));
}

/** White to brown noise, some with mains hum, some swelling slowly as wind and traffic do, some from a small fan. */
function steadyNoise(seconds: number, random: Random): Float32Array {
  const noise = colouredNoise(silence(seconds).length, random.uniform(0, 6), random);
  const kind = random.index(4);
  if (kind === 1) {
    const mains = random.uniform() < 0.5 ? 50 : 60;
    const parts = Array.from({ length: 6 }, () => random.uniform());
    const hum = soundOf(seconds, (time) =>
      parts.reduce((sum, part, k) => sum + part * Math.sin(2 * Math.PI * mains * (k + 1) * time), 0),
    );
    return mixed(scaledTo(hum, 1), scaledTo(noise, random.uniform(0.1, 1)));
  }
  if (kind === 2) {
    const hz = random.uniform(0.1, 0.8);
    const phase = random.uniform(0, 6);
    return noise.map((sample, i) => sample * (1 + 0.8 * Math.sin((2 * Math.PI * hz * i) / SAMPLE_RATE_HZ + phase)));
  }
  return kind === 3 ? mixed(noise, resonant(noise, random.uniform(80, 600), 20)) : noise;
}

/**
 * A crowd in which no voice stands out: 6 to 12 sources, each a buzz of its own pitch or noise, in slow vowel-like
 * resonances, loud and quiet three to six times a second; in a room. It has speech's spectrum and rhythm and no words.
 */
function babble(seconds: number, random: Random): Float32Array {
  const crowd = silence(seconds);
  const sources = 6 + random.index(7);
  for (let source = 0; source < sources; source++) {
    const pitch = random.uniform(90, 260);
    const sway = random.uniform(0.3, 1.5);
    const shift = random.uniform(0, 6);
    let phase = 0;
    const buzz = crowd.map((_, i) => {
      const hz = pitch * (1 + 0.15 * Math.sin((2 * Math.PI * sway * i) / SAMPLE_RATE_HZ + shift));
      phase += hz / SAMPLE_RATE_HZ;
      if (phase < 1) return 0;
      phase -= 1;
      return 1;
    });
    const excited = random.uniform() < 0.3 ? colouredNoise(crowd.length, 3, random) : buzz;
    const low = resonant(excited, random.uniform(300, 800), 90);
    const high = resonant(excited, random.uniform(900, 2400), 140);
    const rhythm = random.uniform(3, 6);
    const offset = random.uniform(0, 6);
    const voice = mixed(scaledTo(low, 1), scaledTo(high, 0.5)).map(
      (sample, i) => sample * Math.sqrt(Math.max(0, Math.sin((2 * Math.PI * rhythm * i) / SAMPLE_RATE_HZ + offset))),
    );
    addAt(crowd, scaledTo(voice, random.uniform(0.5, 1)), 0);
  }
  return reverberated(crowd, random.uniform(0.3, 0.6), -6);
}

/** One tone, a sweep, a warble, beeps, or a telephone's two tones; with a little noise. */
function tones(seconds: number, random: Random): Float32Array {
  const kind = random.index(5);
  const hz = 100 * 30 ** random.uniform();
  const second = kind === 4 ? random.uniform(1200, 1650) : hz * 2;
  const target = kind === 1 ? 100 * 30 ** random.uniform() : hz;
  const every = random.uniform(0.15, 1);
  const warble = kind === 2 ? random.uniform(3, 9) : 0;
  let phase = 0;
  const tone = soundOf(seconds, (time) => {
    const now = hz * (target / hz) ** (time / seconds) * (1 + 0.03 * Math.sin(2 * Math.PI * warble * time));
    phase += (2 * Math.PI * now) / SAMPLE_RATE_HZ;
    const on = kind === 3 ? Number(time % every < every / 2) : 1;
    return on * (Math.sin(phase) + (kind === 4 ? Math.sin(2 * Math.PI * second * time) : 0));
  });
  return mixed(scaledTo(tone, 1), scaledTo(colouredNoise(tone.length, 2, random), random.uniform(0.001, 0.1)));
}

/** Plucked or held notes of a scale, alone or in chords, some with a drum. */
function music(seconds: number, random: Random): Float32Array {
  const piece = silence(seconds);
  const noteSeconds = random.uniform(0.15, 0.9);
  const voices = random.uniform() < 0.5 ? 1 : 3;
  const decay = random.uniform(0.5, 6);
  const rollOff = random.uniform(0.6, 2.2);
  const root = 110 * 2 ** (random.index(24) / 12);
  const scale = [0, 2, 4, 5, 7, 9, 11, 12];
  for (let at = 0; at < seconds; at += noteSeconds) {
    const degree = random.index(scale.length);
    for (let voice = 0; voice < voices; voice++) {
      const hz = root * 2 ** ((scale[(degree + 2 * voice) % scale.length] ?? 0) / 12);
      const note = soundOf(noteSeconds * 1.5, (time) => {
        let sum = 0;
        for (let k = 1; k <= 8 && k * hz < 7000; k++) sum += Math.sin(2 * Math.PI * k * hz * time) / k ** rollOff;
        return sum * Math.exp(-decay * time) * Math.min(1, time / 0.01);
      });
      addAt(piece, note, at);
    }
  }
  return random.uniform() < 0.5
    ? mixed(scaledTo(piece, 1), scaledTo(beats(seconds, noteSeconds * 2, random), 0.6))
    : piece;
}

function beats(seconds: number, every: number, random: Random): Float32Array {
  const track = silence(seconds);
  const hz = random.uniform(50, 150);
  const click = colouredNoise(silence(0.15).length, 2, random);
  const beat = click.map((sample, i) => {
    const time = i / SAMPLE_RATE_HZ;
    return (0.3 * sample + Math.sin(2 * Math.PI * hz * time)) * Math.exp(-25 * time);
  });
  for (let at = 0; at < seconds; at += every) addAt(track, beat, at);
  return track;
}

/** Typing and mouse clicks: bursts of 3 to 15 ms in a resonant case, two for each key, 3 to 9 keys a second. */
function keyboard(seconds: number, random: Random): Float32Array {
  const typing = silence(seconds);
  const rate = random.uniform(3, 9);
  const body = random.uniform(700, 3500);
  for (let at = random.uniform(0, 0.3); at < seconds; at += -Math.log(1 - random.uniform()) / rate + 0.04) {
    const stroke = click(random.uniform(0.003, 0.015), body * random.uniform(0.8, 1.25), random);
    addAt(typing, scaledTo(stroke, random.uniform(0.4, 1)), at);
    addAt(typing, scaledTo(stroke, random.uniform(0.1, 0.5)), at + random.uniform(0.05, 0.12));
  }
  const hiss = colouredNoise(typing.length, 3, random);
  return mixed(typing, scaledTo(hiss, rms(typing) * random.uniform(0.01, 0.2)));
}

function click(seconds: number, hz: number, random: Random): Float32Array {
  const burst = colouredNoise(silence(4 * seconds).length, 0, random);
  return resonant(
    burst.map((sample, i) => sample * Math.exp(-i / (seconds * SAMPLE_RATE_HZ))),
    hz,
    400,
  );
}

/** Breathing in and out: noise through wide resonances of an open mouth, 12 to 30 times a minute, or puffs on a microphone. */
function breath(seconds: number, random: Random): Float32Array {
  const noise = colouredNoise(silence(seconds).length, random.uniform(1, 4), random);
  const mouth = mixed(
    scaledTo(resonant(noise, random.uniform(400, 900), 400), 1),
    scaledTo(resonant(noise, random.uniform(1200, 2600), 700), random.uniform(0.3, 1)),
  );
  const perSecond = random.uniform(12, 30) / 60;
  const offset = random.uniform();
  const sharpness = random.uniform(0.8, 3);
  return mouth.map((sample, i) => {
    const place = ((i / SAMPLE_RATE_HZ) * perSecond * 2 + offset) % 1;
    return sample * Math.sin(Math.PI * place) ** sharpness;
  });
}
