import { createContext, use } from "react";

export type Locale = "zh-CN" | "en";

/** The language and how to change it; the window provides it. */
export const LocaleContext = createContext<{ locale: Locale; setLocale: (locale: Locale) => void }>({ locale: "zh-CN", setLocale: () => {} });

/** The language of the window, for the settings page. */
export const useLocale = () => use(LocaleContext);
