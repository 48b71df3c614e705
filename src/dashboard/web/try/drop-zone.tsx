/** Where a file comes in: dropped anywhere on the page, or chosen with mouse, keyboard or touch. */

import { useLayoutEffect, useState } from "preact/hooks";
import { useVoice } from "../language.ts";
import { Icon } from "../parts/icons.tsx";

interface DropZoneProps {
  /** Small, once there is something else to look at. */
  readonly compact: boolean;
  onFile(file: File): void;
}

/** A file input that is also the page's drop target. */
export function DropZone({ compact, onFile }: DropZoneProps) {
  const t = useVoice();
  const [hovering, setHovering] = useState(false);
  // Whoever sees the page can drop a file on it.
  useLayoutEffect(() => {
    const over = (event: DragEvent) => {
      event.preventDefault();
      setHovering(true);
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setHovering(false);
    };
    const drop = (event: DragEvent) => {
      event.preventDefault();
      setHovering(false);
      const file = event.dataTransfer?.files[0];
      if (file) onFile(file);
    };
    addEventListener("dragover", over);
    addEventListener("dragleave", leave);
    addEventListener("drop", drop);
    return () => {
      removeEventListener("dragover", over);
      removeEventListener("dragleave", leave);
      removeEventListener("drop", drop);
    };
  });

  return (
    <label class={["drop", compact && "compact", hovering && "hovering"].filter(Boolean).join(" ")}>
      <input
        type="file"
        class="visually-hidden"
        accept="audio/*,video/webm,.ogg,.opus,.m4a,.flac"
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0];
          // So that the same file can be chosen again.
          currentTarget.value = "";
          if (file) onFile(file);
        }}
      />
      <Icon name="upload" />
      <span>
        <strong>{t(compact ? "page.drop-another" : "page.drop")}</strong> <span class="choose">{t("page.choose")}</span>
      </span>
      <small>{t("page.formats")}</small>
    </label>
  );
}
