/** Rules as the form begins with them. */

import type { RuleRequest, RuleResource } from "../../api/alerts.ts";

/** A rule that few would switch on as it is, but that shows what one says. Off until it was tried. */
export const NEW_RULE: RuleRequest = {
  name: "",
  isOn: false,
  channelIds: [],
  labels: ["anger"],
  threshold: 0.6,
  windowSeconds: 120,
  minUtterances: 5,
  cooldownSeconds: 600,
  quiet: null,
};

/** What a rule says, without what is known about it. */
export function requestOf({
  id: _,
  createdAt: _createdAt,
  lastFiredAt: _lastFiredAt,
  ...rule
}: RuleResource): RuleRequest {
  return rule;
}
