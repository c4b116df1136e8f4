import { i18n } from "@lingui/core";
import { compileMessage } from "@lingui/message-utils/compileMessage";
import type { Locale } from "../kit";
import { englishWords } from "./rooms";

// zh-CN has no catalogue: a production build would show its words uncompiled, {count} and all.
i18n.setMessagesCompiler(compileMessage);

/** The language chosen before, or zh-CN. */
export const savedLocale = (): Locale => (localStorage.getItem("locale") === "en" ? "en" : "zh-CN");

/** Loads a language and speaks it. zh-CN needs no catalogue: its words are in the code. */
export async function speak(locale: Locale): Promise<void> {
  const messages = locale === "en" ? Object.assign({}, ...(await englishWords()).map((room) => room.messages)) : {};
  i18n.loadAndActivate({ locale, messages });
  localStorage.setItem("locale", locale);
  document.documentElement.lang = locale;
}
