/** Parts of the page that are loaded when they are first shown. */

import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useVoice } from "../language.ts";
import { Problem } from "./problem.tsx";
import { Waiting } from "./waiting.tsx";

/** A component whose script is loaded with its first use; until then the place waits. */
export function lazy<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  let loading: Promise<ComponentType<Props>> | undefined;
  let loaded: ComponentType<Props> | undefined;
  return function Lazy(props: Props) {
    const t = useVoice();
    const [, tell] = useState(0);
    const [failed, setFailed] = useState(false);
    const fetchIt = () => {
      setFailed(false);
      loading ??= load();
      loading.then(
        (component) => {
          loaded = component;
          tell((before) => before + 1);
        },
        () => {
          loading = undefined;
          setFailed(true);
        },
      );
    };
    // Once, when it is first shown.
    useEffect(() => {
      if (!loaded) fetchIt();
    }, []);
    const Loaded = loaded;
    if (Loaded) return <Loaded {...props} />;
    return failed ? <Problem sentence={t("page.offline")} onRetry={fetchIt} /> : <Waiting />;
  };
}
