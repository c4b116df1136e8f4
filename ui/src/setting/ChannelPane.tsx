import { t } from "@lingui/core/macro";
import { useState } from "react";
import type { ChannelInfo, ChannelPatch } from "../ipc";
import { Button, Card, Loaded, say, TextField } from "../kit";
import { useEditChannel, usePlatforms, useRules } from "./api";
import { OwnShop } from "./Channels";
import { LinkRules } from "./LinkRules";
import { RuleTable } from "./RuleTable";
import css from "./setting.module.css";

/** One account: its name, whether it is the seller's own shop, and the rules of its platform as they are in force. */
export function ChannelPane({ channel }: { channel: ChannelInfo }) {
  const edit = useEditChannel();
  const rules = useRules(channel.platform);
  const platforms = usePlatforms();
  const shipped = platforms.data?.find((one) => one.platform === channel.platform);
  const [name, setName] = useState(channel.name);
  const change = (patch: ChannelPatch, onSuccess?: () => void) => edit.mutate({ id: channel.id, patch }, { onSuccess, onError: (error) => say.failed(error) });
  const rename = () => {
    const next = name.trim();
    if (!next) return setName(channel.name);
    if (next !== channel.name) change({ name: next });
  };
  const archive = (archived: boolean) => change({ archived }, () => { if (archived) say.done(t`已收起，发过的内容和订单都还在`, () => edit.mutateAsync({ id: channel.id, patch: { archived: false } })); });
  return (
    <div className={css.pane}>
      <Card title={channel.name} note={channel.platform_name}
        actions={channel.archived ? <Button small icon="undo" onClick={() => archive(false)}>{t`重新启用`}</Button> : <Button small kind="quiet" onClick={() => archive(true)}>{t`收起这个渠道`}</Button>}>
        <div className="pile">
          <TextField label={t`名字`} value={name} onChange={setName} onBlur={rename} onEnter={rename} />
          <OwnShop on={channel.own_shop} onChange={(own_shop) => change({ own_shop })} />
        </div>
      </Card>
      <Loaded query={rules} shape="page">
        {(pack) => <><RuleTable pack={pack} shipped={shipped} /><LinkRules pack={pack} shipped={shipped} /></>}
      </Loaded>
    </div>
  );
}
