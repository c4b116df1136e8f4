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

/** For the tests of the layout alone (`localStorage.stretch`): every English text a good third longer, as other languages are; one word becomes one longer word. */
function stretch(messages: Record<string, CompiledMessage>): Record<string, CompiledMessage> {
  const more = (text: string) => { const length = Math.ceil(text.length * 0.35); return text.includes(" ") ? ` ${"and then some more words ".repeat(9).slice(0, length).trim()}` : "enheitlichkeit".slice(0, length); };
  const longer = (text: CompiledMessage): CompiledMessage => (typeof text === "string" ? ([text + more(text)] as CompiledMessage) : ([...text, more(JSON.stringify(text).replace(/[^a-z ]/gi, ""))] as CompiledMessage));
  return Object.fromEntries(Object.entries(messages).map(([id, text]) => [id, longer(text)]));
}

/** Loads a language and speaks it. zh-CN needs no catalogue: its words are in the code. */
export async function speak(locale: Locale): Promise<void> {
  const messages: Record<string, CompiledMessage> = locale === "en" ? Object.assign({}, ...(await englishWords()).map((room) => room.messages)) : {};
  i18n.loadAndActivate({ locale, messages: localStorage.getItem("stretch") ? stretch(messages) : messages });
  localStorage.setItem("locale", locale);
  document.documentElement.lang = locale;
}
