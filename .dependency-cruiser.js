// The house of ARCHITECTURE.md: six floors, arrows only downwards, and wings that never meet.
const floors = [
  ["config", "i18n", "errors", "discord-rest"],
  ["jobs", "ser"],
  ["store", "mood", "views"],
  ["dashboard", "bot", "worker", "metrics"],
  ["cli", "main"],
];

const room = (name) => `^src/${name}(/|\\.ts$)`;
const rooms = (names) => `^src/(${names.join("|")})(/|\\.ts$)`;

const upwards = floors.slice(0, -1).map((names, floor) => ({
  name: `floor-${floor + 1}-looks-up`,
  comment: "A room may only use the floors below it.",
  severity: "error",
  from: { path: rooms(names) },
  to: { path: rooms(floors.slice(floor + 1).flat()) },
}));

const wings = floors[3].map((wing) => ({
  name: `${wing}-meets-another-wing`,
  comment: "The wings meet in jobs and store only.",
  severity: "error",
  from: { path: room(wing) },
  to: { path: rooms(floors[3].filter((other) => other !== wing)) },
}));

export default {
  forbidden: [
    ...upwards,
    ...wings,
    {
      name: "ser-is-a-library",
      severity: "error",
      from: { path: room("ser") },
      to: { path: "^src/", pathNot: ["^src/ser/", "^src/errors\\.ts$"] },
    },
    {
      name: "one-door-to-ser",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/ser/" },
      to: { path: "^src/ser/", pathNot: "^src/ser/index\\.ts$" },
    },
    {
      name: "config-is-read-by-main-and-cli",
      severity: "error",
      from: { path: "^src/", pathNot: ["^src/(cli|main)", "^src/config\\.ts$"] },
      to: { path: room("config") },
    },
    {
      name: "no-circles",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    exclude: { path: "^(node_modules|dist)" },
  },
};
