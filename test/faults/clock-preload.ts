/** Loaded before everything else: a clock that jumps an hour ahead, back, and an hour behind, every three seconds. */

const trueNow = Date.now.bind(Date);
const OFFSETS_MS = [0, 3_600_000, -3_600_000];
const EVERY_MS = 3000;

const now = () => trueNow() + (OFFSETS_MS[Math.floor(performance.now() / EVERY_MS) % OFFSETS_MS.length] ?? 0);

globalThis.Date = new Proxy(Date, {
  construct: (target, given: []) => (given.length === 0 ? new target(now()) : new target(...given)),
  get: (target, name, receiver) => (name === "now" ? now : Reflect.get(target, name, receiver)),
});
