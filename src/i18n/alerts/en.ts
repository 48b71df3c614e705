/** English texts of alerts. */
export const alertsEn = {
  "alert.title": "Alert: {{rule}}",
  "alert.rests-on":
    "In {{time}}, {{matching}} of {{utterances}} utterances sounded like {{labels}}: {{share}}, more than the {{threshold}} of the rule.",
  "alert.channel": "Channel",
  "alert.confidence": "How sure",
  "alert.when": "When",
  "alert.fallible":
    "A machine's guess from the sound of voices. It can be wrong: please listen yourself before you do anything.",
} as const;
