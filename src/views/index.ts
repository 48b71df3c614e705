/** What a person sees of a reading. The page, which can't use a canvas of Node's, imports the files it needs. */

export { ANSWER, type AnswerOrigin, answerButtons } from "./answer-buttons.ts";
export { curvesPicture } from "./curves-picture.ts";
export { formatsOf } from "./formats.ts";
export { drawMood } from "./mood-picture.ts";
export { moodText } from "./mood-text.ts";
export { NO_SPEECH_EMOJI, styleOf } from "./palette.ts";
export { drawReading } from "./reading-picture.ts";
export { describeReading } from "./reading-text.ts";
