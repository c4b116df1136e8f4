import { useState } from "react";
import { say } from "./overlays";
import { messageOf } from "./states";

type Refused = { field?: string | null; message: string };

const fieldOf = (error: unknown) => (typeof error === "object" && error !== null && "field" in error && typeof error.field === "string" ? error.field : undefined);

/**
 * What was refused in a form: the sentence stands at the field it is about (`error={refused.at("name")}`), which the dialog brings into the hand; what is about
 * none of `fields` is said in the corner. `refused.by({ field, message })` or with the core's own error; `refused.clear()` when something is changed.
 */
export function useRefusal(fields: readonly string[]) {
  const [wrong, setWrong] = useState<Refused>();
  return {
    at: (field: string) => (wrong?.field === field ? wrong.message : undefined),
    by: (error: unknown) => {
      const field = fieldOf(error);
      if (field === undefined || !fields.includes(field)) return say.failed(error);
      setWrong({ field, message: messageOf(error) });
    },
    clear: () => setWrong(undefined),
  };
}
