/** Plays a file that stays in the page. */

import { useEffect, useRef, useState } from "preact/hooks";

/** A file that can be listened to. */
export interface Playback {
  /** Whether this browser can play the file at all; Timbre reads more formats than browsers do. */
  readonly playable: boolean;
  readonly playing: boolean;
  readonly positionMs: number;
  toggle(): void;
  seek(ms: number): void;
}

/** Makes `file` playable; its address is forgotten when another one comes. */
export function usePlayback(file: File): Playback {
  const audio = useRef<HTMLAudioElement>(undefined);
  const [playable, setPlayable] = useState(false);
  const [playing, setPlaying] = useState(false);
  const [positionMs, setPositionMs] = useState(0);
  useEffect(() => {
    const url = URL.createObjectURL(file);
    const element = new Audio(url);
    audio.current = element;
    const follow = () => setPositionMs(element.currentTime * 1000);
    element.addEventListener("loadedmetadata", () => setPlayable(true));
    element.addEventListener("error", () => setPlayable(false));
    for (const event of ["play", "pause", "ended"]) {
      element.addEventListener(event, () => {
        setPlaying(!element.paused && !element.ended);
        follow();
      });
    }
    element.addEventListener("seeked", follow);
    return () => {
      element.pause();
      element.removeAttribute("src");
      URL.revokeObjectURL(url);
      setPlayable(false);
      setPlaying(false);
      setPositionMs(0);
    };
  }, [file]);
  // `timeupdate` comes four times a second: too seldom for a line that should glide.
  useEffect(() => {
    if (!playing) return;
    let frame = requestAnimationFrame(function follow() {
      setPositionMs((audio.current?.currentTime ?? 0) * 1000);
      frame = requestAnimationFrame(follow);
    });
    return () => cancelAnimationFrame(frame);
  }, [playing]);
  return {
    ...{ playable, playing, positionMs },
    toggle() {
      const element = audio.current;
      if (!element) return;
      if (element.paused) void element.play().catch(() => setPlayable(false));
      else element.pause();
    },
    seek(ms) {
      if (audio.current) audio.current.currentTime = ms / 1000;
      setPositionMs(ms);
    },
  };
}
