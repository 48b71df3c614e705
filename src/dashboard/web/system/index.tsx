/** How Timbre itself is doing, and how programs talk to it. */

import { formatsOf } from "../../../views/formats.ts";
import { API } from "../../api/index.ts";
import type { SystemResource } from "../../api/system.ts";
import { useVoice } from "../language.ts";
import { Empty } from "../parts/empty.tsx";
import { lazy } from "../parts/lazy.tsx";
import { Loaded } from "../parts/loaded.tsx";
import { Scroll } from "../parts/scroll.tsx";
import { timesOf } from "../times.ts";
import { useEvery } from "../use-every.ts";
import { useResource } from "../use-resource.ts";
import { useTitle } from "../use-title.ts";
import { Tokens } from "./tokens.tsx";

const ModelCard = lazy(async () => (await import("./model-card.tsx")).ModelCard);

/** How often it is asked anew, ms. */
const REFRESH_MS = 10_000;

/** The page. */
export function System() {
  const t = useVoice();
  const system = useResource(API.system, API.system.path);
  useEvery(REFRESH_MS, system.reload);
  useTitle(t("page.nav-system"));
  return (
    <div class="page">
      <header>
        <div>
          <h1 tabIndex={-1}>{t("page.nav-system")}</h1>
          <p>{t("page.system-intro")}</p>
        </div>
      </header>
      <Loaded of={system} lines={6}>
        {({ queues, heard, failures, model }) => (
          <>
            <div class="grid">
              <Queues queues={queues} />
              <Heard heard={heard} />
            </div>
            <Failures failures={failures} />
            <section class="card">
              <h2>
                {t("page.model")} {model.name} {model.version}
              </h2>
              {model.card === null ? (
                <p class="note">{t("page.model-card-none")}</p>
              ) : (
                <details>
                  <summary>{t("page.model-card")}</summary>
                  <ModelCard text={model.card} />
                </details>
              )}
            </section>
          </>
        )}
      </Loaded>
      <Tokens />
    </div>
  );
}

function Queues({ queues }: { readonly queues: SystemResource["queues"] }) {
  const t = useVoice();
  const { number } = formatsOf(t);
  return (
    <section class="card">
      <h2>{t("page.queues")}</h2>
      <Scroll label={t("page.queues")}>
        <table class="full">
          <thead>
            <tr>
              <th scope="col">{t("page.queue")}</th>
              <th scope="col">{t("page.queue-waiting")}</th>
              <th scope="col">{t("page.queue-active")}</th>
              <th scope="col">{t("page.queue-delayed")}</th>
            </tr>
          </thead>
          <tbody>
            {queues.map(({ name, waiting, active, delayed }) => (
              <tr key={name}>
                <th scope="row">{t(`page.queue-${name}`)}</th>
                <td>{number(waiting)}</td>
                <td>{number(active)}</td>
                <td>{number(delayed)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}

function Heard({ heard }: { readonly heard: SystemResource["heard"] }) {
  const t = useVoice();
  const { number } = formatsOf(t);
  return (
    <section class="card">
      <h2>{t("page.heard")}</h2>
      <dl class="figures">
        <div>
          <dt>{t("page.heard-minute")}</dt>
          <dd>{number(heard.lastMinute)}</dd>
        </div>
        <div>
          <dt>{t("page.heard-hour")}</dt>
          <dd>{number(heard.lastHour)}</dd>
        </div>
        <div>
          <dt>{t("page.heard-day")}</dt>
          <dd>{number(heard.lastDay)}</dd>
        </div>
      </dl>
    </section>
  );
}

function Failures({ failures }: { readonly failures: SystemResource["failures"] }) {
  const t = useVoice();
  const { number } = formatsOf(t);
  const { moment } = timesOf(t);
  return (
    <section class="card">
      <h2>{t("page.failures")}</h2>
      {failures.length === 0 ? (
        <Empty icon="check" title={t("page.failures-none")} />
      ) : (
        <Scroll label={t("page.failures")}>
          <table class="full">
            <thead>
              <tr>
                <th scope="col">{t("page.reason")}</th>
                <th scope="col">{t("page.count")}</th>
                <th scope="col">{t("page.last")}</th>
              </tr>
            </thead>
            <tbody>
              {failures.map(({ code, message, count, lastAt }) => (
                <tr key={code}>
                  <th scope="row">
                    {message} <code>{code}</code>
                  </th>
                  <td>{number(count)}</td>
                  <td>{moment(lastAt)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </section>
  );
}
