import { t } from "@lingui/core/macro";
import { memo, useState } from "react";
import type { ChannelInfo, Checked } from "../ipc";
import { Button, EmptyState, ErrorState, Hint, IconButton, Loaded, Modal, Segmented, SelectField, Skeleton } from "../kit";
import { AddChannel } from "../publication/AddChannel";
import { useChannels, useRendered, useRules } from "./api";
import css from "./post.module.css";
import { Counters, Phone } from "./Preview";

type Props = { post: number; channel: ChannelInfo | undefined; onPick: (channel: number) => void; checked: Checked | undefined; own: boolean; onOwn: () => void; onPad: (on: boolean) => void };

/** The right column: the chosen channel, what it will look like there, and how much fits. */
export const ChannelPane = memo(function ChannelPane({ post, channel, onPick, checked, own, onOwn, onPad }: Props) {
  const channels = useChannels();
  const rendered = useRendered(post, channel?.id);
  const rules = useRules(channel?.platform);
  const [adding, setAdding] = useState(false);
  const all = channels.data ?? [];
  // One account per platform is the usual case: then the platform's name says it all.
  const alone = (one: ChannelInfo) => all.filter((other) => other.platform === one.platform).length === 1;
  const options = all.map((one) => ({ value: String(one.id), label: alone(one) ? one.platform_name : one.name }));
  const padded = rendered.data?.padded.length ?? 0;
  return (
    <section className={`card ${css.pane}`} aria-label={t`预览`}>
      <Loaded query={channels} shape={<Skeleton shape="page" />} empty={<EmptyState drawing="plane" title={t`先加一个渠道`}><AddChannel onDone={(added) => onPick(added.id)} /></EmptyState>}>
        {() => (
          <>
            <div className={css.pick}>
              {options.length <= 4 && options.reduce((sum, one) => sum + one.label.length, 0) <= 12
                ? <Segmented label={t`渠道`} value={String(channel?.id)} onChange={(id) => onPick(Number(id))} options={options} />
                : <SelectField label={t`渠道`} bare value={String(channel?.id)} onChange={(id) => id && onPick(Number(id))} options={options} search />}
              <IconButton small label={t`加一个渠道`} icon="plus" onClick={() => setAdding(true)} data-testid="post-channel-add" />
            </div>
            {rendered.error && !rendered.data
              ? <ErrorState title={t`预览没出来`} error={rendered.error} kept={t`正文不受影响。`} onRetry={() => void rendered.refetch()} />
              : rendered.data && channel ? <Phone rendered={rendered.data} rules={rules.data} channelName={channel.name} /> : <div className={css.phoneBone} role="status" aria-label={t`正在打开`} />}
            {padded > 0 && <p className={css.padded}>{t`${padded} 张补了白边`}<Button small kind="quiet" onClick={() => onPad(false)}>{t`改回裁切`}</Button></p>}
            <Counters checked={checked} />
            {!own && channel && <Hint text={t`标题和正文为这个渠道另写一份，别的渠道不变。`}><Button small kind="quiet" icon="edit" onClick={onOwn} data-testid="post-own">{t`为这个渠道单独写`}</Button></Hint>}
          </>
        )}
      </Loaded>
      <Modal open={adding} onClose={() => setAdding(false)} title={t`加一个渠道`} size={420}><AddChannel onDone={(added) => { setAdding(false); onPick(added.id); }} /></Modal>
    </section>
  );
});
