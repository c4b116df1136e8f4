import { t } from "@lingui/core/macro";
import { useRouter } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import type { ChannelInfo } from "../ipc";
import { Button, Card, EmptyState, Loaded, Modal, SelectField, TextField, Toggle, useKept } from "../kit";
import { useChannels, useCreateChannel, usePlatforms } from "./api";
import { ChannelPane } from "./ChannelPane";
import css from "./setting.module.css";

/** 渠道与规则: the accounts on the left, the chosen one and the rules of its platform on the right. */
export function Channels({ asked, adding: wanted = false }: { asked?: number; adding?: boolean }) {
  const channels = useChannels();
  const router = useRouter();
  const [picked, setPicked] = useState(asked);
  const [adding, setAdding] = useState(wanted);
  // From the palette: once, then the address is clean again.
  useEffect(() => {
    if (asked !== undefined) setPicked(asked);
    if (wanted) setAdding(true);
    if (asked !== undefined || wanted) router.history.replace("/setting?part=channel");
  }, [asked, wanted]);
  const add = <Button kind="go" icon="plus" onClick={() => setAdding(true)} data-testid="channel-add">{t`添加渠道`}</Button>;
  return (
    <>
      <Loaded query={channels} empty={<EmptyState drawing="plane" title={t`你在哪里发内容`} actions={add}>{t`一个渠道是一个平台加一个账号，比如「小红书 · 小鹿」。草本不登录平台，只按它的规则帮你数字数、裁图、拦住会违规的链接。`}</EmptyState>}>
        {(all) => {
          const channel = all.find((one) => one.id === picked) ?? all[0];
          return (
            <div className={css.split}>
              <Card className={css.side}>
                <ul className={css.accounts} aria-label={t`渠道`}>
                  {all.map((one) => <li key={one.id}><Account channel={one} on={one.id === channel?.id} onPick={() => setPicked(one.id)} /></li>)}
                </ul>
                {add}
              </Card>
              {channel && <ChannelPane key={channel.id} channel={channel} />}
            </div>
          );
        }}
      </Loaded>
      <AddChannel open={adding} onClose={() => setAdding(false)} onAdded={setPicked} />
    </>
  );
}

function Account({ channel, on, onPick }: { channel: ChannelInfo; on: boolean; onPick: () => void }) {
  return (
    <button type="button" className={css.account} aria-current={on || undefined} data-archived={channel.archived || undefined} onClick={onPick}>
      <i aria-hidden="true">{channel.platform_name.slice(0, 1)}</i>
      <span><b>{channel.name}</b><small>{channel.archived ? t`已收起` : channel.own_shop ? t`${channel.platform_name}，自己的店` : channel.platform_name}</small></span>
    </button>
  );
}

function AddChannel({ open, onClose, onAdded }: { open: boolean; onClose: () => void; onAdded: (id: number) => void }) {
  const platforms = usePlatforms();
  const create = useCreateChannel();
  const form = useKept("channel.add", { platform: null as string | null, name: "", ownShop: false });
  const { platform, name, ownShop } = form.value;
  const set = (part: Partial<typeof form.value>) => form.set((was) => ({ ...was, ...part }));
  const chosen = platforms.data?.find((one) => one.platform === platform);
  const save = () => {
    if (!chosen) return;
    const input = { platform: chosen.platform, name: name.trim() ? `${chosen.name} · ${name.trim()}` : chosen.name, own_shop: ownShop };
    create.mutate(input, { onSuccess: (made) => { onAdded(made.id); onClose(); form.done(); } });
  };
  return (
    <Modal open={open} onClose={onClose} kept={form.filled} title={t`添加渠道`} actions={<Button kind="go" disabled={!chosen} busy={create.isPending} onClick={save} data-testid="channel-save">{t`添加`}</Button>}>
      <div className="pile">
        <SelectField label={t`平台`} placeholder={t`选一个，或打字找`} search autoFocus value={platform} onChange={(next) => set({ platform: next })}
          options={(platforms.data ?? []).map((one) => ({ value: one.platform, label: one.content_type === one.name ? one.name : `${one.name} · ${one.content_type}` }))} />
        <TextField label={t`账号`} note={t`你自己认得出就行，比如「小鹿」「妈妈三群」「前台立牌」`} value={name} onChange={(next) => set({ name: next })} onEnter={save} error={create.error?.message} />
        <OwnShop on={ownShop} onChange={(next) => set({ ownShop: next })} />
      </div>
    </Modal>
  );
}

/** Whether an account shows that it is the seller's own shop, with the law's reason. */
export const OwnShop = ({ on, onChange }: { on: boolean; onChange: (on: boolean) => void }) => (
  <Toggle label={t`账号名一看就是自己的店`} note={t`名字已经表明你就是卖家时，自家商品不用再标「广告」（互联网广告可识别性执法指南第 8 条第 2 项）。替别人推荐不在此列。`} on={on} onChange={onChange} />
);
