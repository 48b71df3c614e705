/** English texts of `/mood` and of live sessions. */
export const liveEn = {
  "command.mood.name": "mood",
  "command.mood.description": "Hear the mood of your voice channel, of people who agree to it",
  "command.mood.start.name": "start",
  "command.mood.start.description": "Listen in your voice channel, to those who agree",
  "command.mood.start.minutes.name": "minutes",
  "command.mood.start.minutes.description": "How long at most, in minutes; 120 unless you say otherwise",
  "command.mood.start.half-life.name": "half-life",
  "command.mood.start.half-life.description":
    "After how many seconds a reading counts half; 60 unless you say otherwise",
  "command.mood.stop.name": "stop",
  "command.mood.stop.description": "Stop listening, and show what the mood was",
  "command.mood.status.name": "status",
  "command.mood.status.description": "How well Timbre hears, and what was dropped",
  "live.include": "Include me",
  "live.leave-out": "Leave me out",
  "live.notice":
    "🔴 **Timbre is listening in {{channel}}.** {{person}} started it. It hears how something is said, not what, and guesses an emotion from the sound of a voice. It is a machine and can be wrong, so judge nobody by it.",
  "live.notice-rules":
    "Only people who choose to take part are heard. You can change your mind at any time, and are left out within a second. No audio is kept. Timbre leaves after {{time}} at the latest.",
  "live.notice-asked": "{{people}}: you are not heard unless you choose _Include me_.",
  "live.notice-willing":
    "{{people}}: you allowed live analysis in {{command}}, so you take part. _Leave me out_ ends that here.",
  "live.included":
    "You take part now. _Leave me out_ ends that at once. With {{command}} you see what is kept about you, or delete it.",
  "live.left-out":
    "You are left out: Timbre doesn't hear you any more. What it knew of your voice in this session is deleted, and so is what you said and it hadn't read yet. With {{command}} you see the rest, or delete it.",
  "live.started":
    "Timbre is listening in {{channel}}, and has told everybody there. Those who want to be heard choose _Include me_.",
  "live.title": "🔴 The mood in {{channel}}, live",
  "live.title-over": "The mood in {{channel}}: no longer live",
  "live.footer": "A reading counts half after {{time}} · a machine's guess, and it can be wrong",
  "live.mood-none": "Nothing heard lately",
  "live.mood-mixed": "mixed, mostly {{title}}",
  "live.speakers-none": "Nobody takes part. Whoever wants to be heard chooses _Include me_.",
  "live.summary": "The mood in {{channel}}",
  "live.summary-footer":
    "{{time}} · utterances: {{count}} · arrived: {{share}} of the sound · a machine's guess, and it can be wrong",
  "live.status": "Timbre is listening in {{channel}}. {{person}} started it.",
  "live.status-time": "Since {{since}}; it ends {{until}} at the latest.",
  "live.status-speakers": "Taking part: {{people}}.",
  "live.status-unheard": "Nobody who takes part has spoken yet.",
  "live.status-heard": "{{share}} of what was said arrived: {{audio}} of {{spoken}}.",
  "live.status-utterances": "Utterances handed on to be read: {{count}}.",
  "live.status-dropped": "Dropped: {{reasons}}.",
  "live.status-dropped-none": "No utterance was dropped.",
  "live.drop-too-short": "too short",
  "live.drop-no-consent": "no consent",
  "live.drop-undecryptable": "undecryptable",
  "live.drop-undecodable": "undecodable",
  "live.drop-queue-full": "queue full",
  "live.drop-stale": "too late",
  "live.left-stopped": "The live mode was ended. Timbre hears nobody any more.",
  "live.left-empty": "Everybody left the channel, so Timbre has left too.",
  "live.left-nobody":
    "Nobody in the channel takes part, so Timbre has left. Start it again when somebody wants to be heard.",
  "live.left-time": "The time for listening is over, so Timbre has left.",
  "live.left-shutdown": "Timbre is being stopped or updated, so it has left. Please start it again in a few minutes.",
  "live.left-lost":
    "Timbre broke down while it was listening here. It hears nobody any more; what it knew of your voices is deleted. Please start it again.",
  "live.left-disconnected": "Somebody disconnected Timbre, or the call ended. It hears nobody any more.",
  "live.left-moved": "Timbre was moved to another channel, where nobody agreed to be heard. It has left.",
  "live.left-undecryptable":
    "Timbre joined several times but can't decrypt what is said, so it has left. Please start it again in a few minutes.",
  "live.left-silent":
    "People are speaking, but no sound reaches Timbre, so it has left. If starting it again doesn't help, whoever runs Timbre should see whether UDP gets through to Discord.",
  "live.left-unreachable":
    "Timbre lost its connection to Discord's voice server and couldn't get it back. Please start it again in a few minutes.",
  "live.left-encryption":
    "Discord asks for an encryption that this version of Timbre doesn't have, so it can't listen. Whoever runs Timbre should update it.",
} as const;
