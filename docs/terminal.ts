/**
 * Makes the pictures of `timbre setup` and `timbre doctor` that README shows, from real runs at the local Discord:
 *
 *     npm exec -- node docs/terminal.ts
 *
 * Needs Linux and a font with box-drawing characters (Debian: `apt-get install fonts-dejavu-core`).
 */

import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createCanvas, GlobalFonts, type SKRSContext2D } from "@napi-rs/canvas";
import type { IBufferCell, Terminal } from "@xterm/headless";
import { startLocalDiscord } from "../test/discord/index.ts";
import { temporaryFolder } from "../test/support/temporary.ts";
import { COLUMNS, runInTerminal } from "../test/support/terminal.ts";

const FONT = "DejaVu Sans Mono";
const [CELL_WIDTH, CELL_HEIGHT, FONT_SIZE, PADDING, SCALE] = [8.4, 19, 14, 20, 2];
const [BACKGROUND, FOREGROUND, DIM] = ["#1e1f22", "#dbdee1", "#8b8f97"];
/** The sixteen colours of terminals that the two programs use, on a dark ground. */
const COLOURS: Readonly<Record<number, string>> = {
  1: "#f0716b",
  2: "#6cc687",
  3: "#e0b455",
  4: "#6f9ff2",
  6: "#5cc0cf",
};

if (!GlobalFonts.has(FONT)) throw new Error(`The font ${FONT} is missing: apt-get install fonts-dejavu-core`);

const folder = temporaryFolder();
const discord = await startLocalDiscord();
try {
  await draw("setup", async (terminal) => {
    await terminal.sees("Paste the token");
    terminal.type(`${discord.token}\r`);
    for (const question of ["Switch it on?", "Let servers install Timbre", "Write the token into .env"]) {
      await terminal.sees(question);
      terminal.type("\r");
    }
  });
  await draw("doctor");
} finally {
  await discord.close();
  await folder.remove();
}

/** Runs a command of Timbre's, lets `use` answer its questions, and keeps what is on its screen at the end. */
async function draw(
  command: string,
  use?: (terminal: ReturnType<typeof runInTerminal>) => Promise<void>,
): Promise<void> {
  const timbre = join(import.meta.dirname, "..", "src", "cli", "timbre.ts");
  const env = { PATH: process.env["PATH"] ?? "", HOME: folder.path, DISCORD_API: discord.api };
  const terminal = runInTerminal([process.execPath, timbre, command], { cwd: folder.path, env });
  await use?.(terminal);
  await terminal.ended();
  await writeFile(
    join(import.meta.dirname, `${command}.png`),
    await picture(terminal.emulator, `npx timbre ${command}`),
  );
}

async function picture(emulator: Terminal, prompt: string): Promise<Uint8Array> {
  const { active } = emulator.buffer;
  const rows = Array.from({ length: active.length }, (_, row) => active.getLine(row));
  const last = rows.findLastIndex((line) => (line?.translateToString(true) ?? "") !== "");
  const [width, height] = [2 * PADDING + COLUMNS * CELL_WIDTH, 2 * PADDING + (last + 2) * CELL_HEIGHT];
  const canvas = createCanvas(width * SCALE, height * SCALE);
  const context = canvas.getContext("2d");
  context.scale(SCALE, SCALE);
  context.fillStyle = BACKGROUND;
  context.fillRect(0, 0, width, height);
  context.translate(PADDING, PADDING + FONT_SIZE);
  write(context, `$ ${prompt}`, 0, 0, DIM, false);
  for (const [row, line] of rows.slice(0, last + 1).entries()) {
    for (let column = 0; column < COLUMNS; column += 1) {
      const cell = line?.getCell(column);
      if (cell?.getChars()) write(context, cell.getChars(), column, row + 1, colourOf(cell), cell.isBold() !== 0);
    }
  }
  return canvas.encode("png");
}

function write(
  context: SKRSContext2D,
  words: string,
  column: number,
  row: number,
  colour: string,
  bold: boolean,
): void {
  context.font = `${bold ? "bold " : ""}${FONT_SIZE}px "${FONT}"`;
  context.fillStyle = colour;
  context.fillText(words, column * CELL_WIDTH, row * CELL_HEIGHT);
}

function colourOf(cell: IBufferCell): string {
  if (cell.isDim() !== 0) return DIM;
  if (!cell.isFgPalette()) return FOREGROUND;
  return COLOURS[cell.getFgColor() % 8] ?? DIM;
}
