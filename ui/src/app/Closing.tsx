import { t } from "@lingui/core/macro";
import { useEffect, useState } from "react";
import { closeWindow, onClose } from "../ipc";
import { Confirm, settle } from "../kit";

/** Between the close button and the end: what was typed is saved, and what would be lost all the same is asked about. */
export function Closing() {
  const [lost, setLost] = useState<string[]>([]);
  useEffect(() => onClose(async () => {
    const now = await settle();
    setLost(now);
    return now.length === 0;
  }), []);
  return (
    <Confirm open={lost.length > 0} onClose={() => setLost([])} title={t`还有没存下的`} yes={t`不要了，关掉`} onYes={closeWindow}>
      {lost.map((one) => <p key={one}>{one}</p>)}
    </Confirm>
  );
}
