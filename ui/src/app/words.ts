import { i18n } from "@lingui/core";
import { type CompiledMessage, compileMessage } from "@lingui/message-utils/compileMessage";
import type { Locale } from "../kit";
import { englishWords } from "./rooms";

// zh-CN has no catalogue: a production build would show its words uncompiled, {count} and all. Each is taken apart once.
const compiled = new Map<string, CompiledMessage>();
i18n.setMessagesCompiler((message) => {
  let parts = compiled.get(message);
  if (!parts) compiled.set(message, (parts = compileMessage(message)));
  return parts;
});

/** The language chosen before, or zh-CN. */
export const savedLocale = (): Locale => (localStorage.getItem("locale") === "en" ? "en" : "zh-CN");

/** Loads a language and speaks it. zh-CN needs no catalogue: its words are in the code. */
export async function speak(locale: Locale): Promise<void> {
  const messages = locale === "en" ? Object.assign({}, ...(await englishWords()).map((room) => room.messages)) : {};
  i18n.loadAndActivate({ locale, messages });
  localStorage.setItem("locale", locale);
  document.documentElement.lang = locale;
}
