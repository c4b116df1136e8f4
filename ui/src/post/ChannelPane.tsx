import { t } from "@lingui/core/macro";
import { type Checked, type ChannelInfo } from "../ipc";
import { Button, EmptyState, ErrorState, Hint, Loaded, Segmented, SelectField, Skeleton } from "../kit";
import { AddChannel } from "../publication/AddChannel";
import { useRendered, useRules, type useChannels } from "./api";
import css from "./post.module.css";
import { Counters, Phone } from "./Preview";

type Props = { post: number; channels: ReturnType<typeof useChannels>; channel: ChannelInfo | undefined; onPick: (channel: number) => void; checked: Checked | undefined; own: boolean; onOwn: () => void };

/** The right column: the chosen channel, what it will look like there, and how much fits. */
export function ChannelPane({ post, channels, channel, onPick, checked, own, onOwn }: Props) {
  const rendered = useRendered(post, channel?.id);
  const rules = useRules(channel?.platform);
  const all = channels.data ?? [];
  // One account per platform is the usual case: then the platform's name says it all.
  const alone = (one: ChannelInfo) => all.filter((other) => other.platform === one.platform).length === 1;
  const options = all.map((one) => ({ value: String(one.id), label: alone(one) ? one.platform_name : one.name }));
  return (
    <section className={`card ${css.pane}`} aria-label={t`预览`}>
      <Loaded query={channels} shape={<Skeleton shape="page" />} empty={<EmptyState drawing="plane" title={t`先加一个渠道`}><AddChannel onDone={(added) => onPick(added.id)} /></EmptyState>}>
        {() => (
          <>
            {options.length <= 6
              ? <Segmented label={t`渠道`} value={String(channel?.id)} onChange={(id) => onPick(Number(id))} options={options} />
              : <SelectField label={t`渠道`} value={String(channel?.id)} onChange={(id) => id && onPick(Number(id))} options={options} search />}
            {rendered.error && !rendered.data
              ? <ErrorState title={t`预览没出来`} error={rendered.error} kept={t`正文不受影响。`} onRetry={() => void rendered.refetch()} />
              : rendered.data && channel ? <Phone rendered={rendered.data} rules={rules.data} channelName={channel.name} /> : <div className={css.phoneBone} role="status" aria-label={t`正在打开`} />}
            <Counters checked={checked} />
            {!own && channel && <Hint text={t`标题和正文为这个渠道另写一份，别的渠道不变。`}><Button small kind="quiet" icon="edit" onClick={onOwn} data-testid="post-own">{t`为这个渠道单独写`}</Button></Hint>}
          </>
        )}
      </Loaded>
    </section>
  );
}
