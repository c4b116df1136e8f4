import { type Dispatch, type SetStateAction, useState } from "react";

/** What is filled in and not sent yet, by form: it outlives the dialog, and the page behind it. Never a secret. */
const forms = new Map<string, unknown>();

/** Lets go of everything half filled: it belongs to a workspace that is not open any more. */
export const forgetForms = () => forms.clear();

/**
 * The state of a form that is kept when its dialog is closed: `const form = useKept("product.add", blank)`. `form.filled` goes into the dialog's `kept`, so that
 * closing it by Escape says so; `form.done()` once it is sent.
 */
export function useKept<T>(name: string, blank: T) {
  const kept = () => (forms.has(name) ? (forms.get(name) as T) : blank);
  const [state, put] = useState(() => ({ name, value: kept() }));
  // A dialog that stays mounted may come to be about another thing.
  const value = state.name === name ? state.value : kept();
  const set: Dispatch<SetStateAction<T>> = (next) => put((was) => {
    const before = was.name === name ? was.value : kept();
    const now = typeof next === "function" ? (next as (was: T) => T)(before) : next;
    forms.set(name, now);
    return { name, value: now };
  });
  const done = () => { forms.delete(name); put({ name, value: blank }); };
  return { value, set, done, filled: JSON.stringify(value) !== JSON.stringify(blank) };
}
