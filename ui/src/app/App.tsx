import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { localStorageColorSchemeManager, MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { useEffect, useMemo, useState } from "react";
import { copyText, followChanges, followJobs } from "../ipc";
import { ContextMenuHost, type Locale, LocaleContext, say } from "../kit";
import { cssVariables, theme } from "../kit/theme";
import { Gate } from "../setting/Gate";
import { Boundary } from "./Boundary";
import { router } from "./router";
import { savedLocale, speak } from "./words";

// Everything is on this machine: asking again on focus or retrying a refusal only makes noise. `changed` says when to ask.
const client = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: Infinity, refetchOnWindowFocus: false, networkMode: "always" }, mutations: { networkMode: "always" } } });
const scheme = localStorageColorSchemeManager({ key: "scheme" });

const copy = (text: string) => void copyText(text).catch(say.failed);

/** The whole window. A change of language draws it anew. */
export function App() {
  const [locale, show] = useState<Locale>(savedLocale);
  const language = useMemo(() => ({ locale, setLocale: (next: Locale) => void speak(next).then(() => show(next)) }), [locale]);

  useEffect(() => {
    const stops = [followChanges(client), followJobs(client)];
    return () => stops.forEach((stop) => stop());
  }, []);

  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto" colorSchemeManager={scheme}>
      <I18nProvider i18n={i18n} key={locale}>
        <LocaleContext value={language}>
          <QueryClientProvider client={client}>
            <Boundary>
              <Gate><RouterProvider router={router} /></Gate>
            </Boundary>
            <ContextMenuHost onCopy={copy} />
            <Notifications position="bottom-left" limit={3} />
          </QueryClientProvider>
        </LocaleContext>
      </I18nProvider>
    </MantineProvider>
  );
}
