import { t } from "@lingui/core/macro";
import { useNavigate } from "@tanstack/react-router";
import { commands, copyText, type Link, pickSave, toCoreError, unwrap } from "../ipc";
import { Button, Chip, Drawer, messageOf, Pairs, say, When } from "../kit";
import { useQr, useRemoveLink } from "./api";
import css from "./link.module.css";
import { kindMeaning, kindWords } from "./words";

export const copied = (text: string) => void copyText(text).then(() => say.done(t`已复制 ${text.length > 40 ? `${text.slice(0, 40)}…` : text}`), say.failed);

/** One link, large: its code, its address, its coupon, its QR code. */
export function LinkSheet({ link, onClose }: { link: Link | undefined; onClose: () => void }) {
  return <Drawer open={link !== undefined} onClose={onClose} title={t`链接`} size={460}>{link && <Inside key={link.id} link={link} onClose={onClose} />}</Drawer>;
}

function Inside({ link, onClose }: { link: Link; onClose: () => void }) {
  const go = useNavigate();
  const remove = useRemoveLink();
  const scans = link.url !== "" && (link.kind === "qr" || link.kind === "url");
  const qr = useQr(scans ? link.id : undefined);
  const save = async (ending: "png" | "svg") => {
    try {
      const file = await pickSave(t`保存二维码`, `${link.code}.${ending}`);
      if (!file) return;
      await unwrap(commands.saveLinkQr(link.id, file));
      say.done(t`二维码存好了`);
    } catch (error) { say.failed(error); }
  };
  return (
    <div className="pile" style={{ gap: 18 }}>
      <button type="button" className={css.bigCode} onClick={() => copied(link.code)} title={t`复制编号`} aria-label={t`复制编号 ${link.code}`}>{link.code}</button>
      <p className="row"><Chip tone="sky">{kindWords(link.kind)}</Chip><span className="muted">{kindMeaning(link.kind)}</span></p>
      {link.url && <div className={css.field}><code>{link.url}</code><Button small icon="copy" onClick={() => copied(link.url)} data-testid="link-copy">{t`复制链接`}</Button></div>}
      {link.coupon && <div className={css.field}><code>{link.coupon}</code><Button small icon="copy" onClick={() => copied(link.coupon ?? "")}>{t`复制优惠码`}</Button></div>}
      {qr.data && <div className={css.qr}><img alt={t`二维码`} src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(qr.data)}`} /><div className="row"><Button small icon="import" onClick={() => void save("png")}>{t`存成 PNG`}</Button><Button small icon="import" onClick={() => void save("svg")}>{t`存成 SVG`}</Button></div></div>}
      {qr.error ? <p className="muted">{toCoreError(qr.error).code === "forbidden" ? t`这个渠道不让放二维码，所以不给你做。` : messageOf(qr.error)}</p> : null}
      <Pairs of={[[t`内容`, <Button key="post" small kind="quiet" onClick={() => void go({ to: "/post/$id", params: { id: String(link.post) } })}>{link.post_title || t`还没有标题`}</Button>], [t`渠道`, link.channel_name], [t`好物`, link.product_name], [t`通到`, <span key="to" className={css.to}>{link.destination || "–"}</span>], [t`做于`, <When key="when" at={Date.parse(link.created_at)} form="full" />]]} />
      <div className="row"><Button small kind="danger" icon="trash" onClick={() => { onClose(); void remove(link); }} data-testid="link-remove">{t`拿掉这条链接`}</Button></div>
    </div>
  );
}
