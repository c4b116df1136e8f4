import { t } from "@lingui/core/macro";
import { useEffect, useState } from "react";
import { commands, type CoreError, type NewShop, type Shop, type ShopChange, type ShopKind, toCoreError } from "../ipc";
import { Button, Icon, Modal, say, Segmented, TextField, useKept } from "../kit";
import { useCreateShop, useSetShopKey, useTryShop } from "./api";
import { Authority } from "./Authority";
import { placeWords } from "./words";
import css from "./order.module.css";

type Api = Exclude<ShopKind, "file">;
const blank = { kind: "vendure" as Api, name: "", url: "", ca: "" };

/** What went wrong, if that was not the person's own wish. */
function refusal(cause: unknown): CoreError | undefined {
  const error = cause ? toCoreError(cause) : undefined;
  return error?.code === "cancelled" ? undefined : error;
}

function Trying({ onStop }: { onStop: () => void }) {
  return <p className="row" role="status"><i className="spin" aria-hidden="true" />{t`正在连店铺试一试，最多等 5 秒。还没有保存。`}<Button small kind="quiet" onClick={onStop}>{t`停下`}</Button></p>;
}

/** Connecting a shop. It is asked first and kept only when it answered; the key goes to the key store and is never shown again. */
export function ConnectShop({ open, onClose, onConnected }: { open: boolean; onClose: () => void; onConnected: (shop: Shop) => void }) {
  const create = useCreateShop();
  const tried = useTryShop<NewShop>(commands.tryShop);
  const form = useKept("shop.add", blank);
  const { kind, name, url, ca } = form.value;
  const set = (part: Partial<typeof blank>) => form.set((was) => ({ ...was, ...part }));
  const [key, setKey] = useState("");
  const [secret, setSecret] = useState("");
  // A secret does not outlive its dialog.
  useEffect(() => { setKey(""); setSecret(""); create.reset(); tried.stop(); tried.reset(); }, [open]);
  const error = refusal(create.error ?? tried.error);
  const at = (field: string) => (error?.field === field ? error.message : undefined);
  const ready = Boolean(name.trim() && url.trim() && secret && (kind === "vendure" || key));
  const isBusy = create.isPending || tried.isPending;
  const save = async () => {
    if (!ready || isBusy) return;
    const input: NewShop = { kind, name: name.trim(), url: url.trim(), key: key.trim(), secret, ...(ca.trim() && { ca: ca.trim() }) };
    create.reset();
    try {
      const { orders } = await tried.mutateAsync(input);
      const made = await create.mutateAsync(input);
      form.done();
      onClose();
      say.done(t`已连接「${made.name}」，店里有 ${orders} 单。${placeWords(made.secret_place)}。`);
      onConnected(made);
    } catch { /* said in the dialog, at the field it is about */ }
  };
  return (
    <Modal open={open} onClose={onClose} kept={form.filled && (secret ? t`名字和网址还留着；密钥没有留，再打开要重填` : true)} title={t`连接店铺`}
      actions={<Button kind="go" disabled={!ready} busy={isBusy} onClick={() => void save()} data-testid="shop-save">{t`连接并同步`}</Button>}>
      <div className="pile">
        <Segmented<Api> label={t`店铺用的系统`} value={kind} onChange={(next) => set({ kind: next })} options={[{ value: "vendure", label: "Vendure" }, { value: "woocommerce", label: "WooCommerce" }]} />
        <TextField label={t`名字`} placeholder={t`小鹿的店`} value={name} onChange={(next) => set({ name: next })} error={at("name")} autoFocus data-testid="shop-name" />
        <TextField label={t`网址`} type="url" placeholder="https://shop.example.com" value={url} onChange={(next) => set({ url: next })} error={at("url")} data-testid="shop-url" />
        <KeyFields kind={kind} keyName={key} onKey={setKey} secret={secret} onSecret={setSecret} onEnter={() => void save()} at={at} />
        <Authority value={ca} onChange={(next) => set({ ca: next })} error={at("ca")} />
        {tried.isPending && <Trying onStop={tried.stop} />}
        {error && !["name", "url", "key", "secret", "ca"].includes(error.field ?? "") && <p className="bad" role="alert">{error.message}</p>}
      </div>
    </Modal>
  );
}

type KeyProps = { kind: ShopKind; keyName: string; onKey: (key: string) => void; secret: string; onSecret: (secret: string) => void; onEnter: () => void; at: (field: string) => string | undefined };

function KeyFields({ kind, keyName, onKey, secret, onSecret, onEnter, at }: KeyProps) {
  return (
    <>
          <TextField label={kind === "vendure" ? t`用户名` : "Consumer key"} note={kind === "vendure" ? t`用 API 密钥时留空` : t`在 WooCommerce 设置的「高级 → REST API」里建，只读就够`} value={keyName} onChange={onKey} error={at("key")} data-testid="shop-key" />
          <TextField label={kind === "vendure" ? t`密码或 API 密钥` : "Consumer secret"} type="password" value={secret} onChange={onSecret} onEnter={onEnter} error={at("secret")} data-testid="shop-secret" />
          <p className={css.safe}><Icon name="lock" size={16} />{t`密钥交给系统的钥匙串，不进数据库和备份，填完不再显示。没有钥匙串的电脑上只记到关窗，店铺卡片上会写明。`}</p>
    </>
  );
}

/** The keys of a connected shop once more: after a move, a changed password, or a computer without a key store. Its orders stay. */
export function RekeyShop({ shop, onClose }: { shop: Shop; onClose: () => void }) {
  const again = useSetShopKey();
  const tried = useTryShop<ShopChange>((change, job) => commands.tryShopChange(shop.id, change, job));
  const [key, setKey] = useState("");
  const [secret, setSecret] = useState("");
  useEffect(() => tried.stop, []);
  const error = refusal(again.error ?? tried.error);
  const at = (field: string) => (error?.field === field ? error.message : undefined);
  const ready = Boolean(secret && (shop.kind === "vendure" || key));
  const isBusy = again.isPending || tried.isPending;
  const save = async () => {
    if (!ready || isBusy) return;
    const typed = { key: key.trim(), secret };
    again.reset();
    try {
      await tried.mutateAsync(typed);
      const made = await again.mutateAsync({ id: shop.id, ...typed });
      onClose();
      say.done(t`「${made.name}」的密钥换好了。${placeWords(made.secret_place)}。`);
    } catch { /* said in the dialog, at the field it is about */ }
  };
  return (
    <Modal open onClose={onClose} title={t`重填「${shop.name}」的密钥`} actions={<Button kind="go" disabled={!ready} busy={isBusy} onClick={() => void save()}>{t`换上`}</Button>}>
      <div className="pile">
        <KeyFields kind={shop.kind} keyName={key} onKey={setKey} secret={secret} onSecret={setSecret} onEnter={() => void save()} at={at} />
        {tried.isPending && <Trying onStop={tried.stop} />}
        {error && !["key", "secret"].includes(error.field ?? "") && <p className="bad" role="alert">{error.message}</p>}
      </div>
    </Modal>
  );
}
