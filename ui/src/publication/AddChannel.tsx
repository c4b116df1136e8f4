import { t } from "@lingui/core/macro";
import { useState } from "react";
import type { ChannelInfo } from "../ipc";
import { Button, messageOf, SelectField, TextField } from "../kit";
import { useCreateChannel, usePlatforms } from "./api";

/** A new place to publish, where one is missing: the platform and the account's name. The rest is in 设置. */
export function AddChannel({ onDone }: { onDone?: (channel: ChannelInfo) => void }) {
  const platforms = usePlatforms();
  const create = useCreateChannel();
  const [platform, setPlatform] = useState<string | null>("xiaohongshu");
  const [name, setName] = useState("");
  const known = platforms.data?.find((one) => one.platform === platform);
  const add = () => {
    if (!platform || !name.trim() || create.isPending) return;
    const called = known && !name.includes(known.name) ? `${known.name} · ${name.trim()}` : name.trim();
    create.mutate({ platform, name: called }, { onSuccess: (channel) => { setName(""); onDone?.(channel); } });
  };
  return (
    <div className="pile" style={{ textAlign: "left", width: "100%" }}>
      <SelectField label={t`平台`} value={platform} onChange={setPlatform} search options={(platforms.data ?? []).map((one) => ({ value: one.platform, label: one.name }))} />
      <TextField label={t`账号或群的名字`} value={name} onChange={setName} onEnter={add} placeholder={t`比如：小鹿`} error={create.error ? messageOf(create.error) : undefined} />
      <Button kind="go" icon="plus" busy={create.isPending} disabled={!name.trim() || !platform} onClick={add} data-testid="channel-add">{t`加上这个渠道`}</Button>
    </div>
  );
}
