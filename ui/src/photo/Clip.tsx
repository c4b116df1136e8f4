import { t } from "@lingui/core/macro";
import { useEffect, useState } from "react";
import { type Photo, photoUrl } from "../ipc";
import { formatBytes, Icon } from "../kit";
import css from "./photo.module.css";

/** No clip above this is handed over in one piece, to be played from memory. */
const most = 160 * 2 ** 20;

/**
 * A clip, played where the window can. Some engines do not play from an address of ours: then its bytes are fetched and played from memory.
 * One that cannot be played at all says so.
 */
export function Clip({ photo }: { photo: Photo }) {
  const address = photoUrl(photo.id, "original");
  const [source, setSource] = useState(address);
  const [lost, setLost] = useState(false);
  useEffect(() => () => { if (source.startsWith("blob:")) URL.revokeObjectURL(source); }, [source]);
  const again = async () => {
    if (source !== address || photo.bytes > most) return setLost(true);
    try {
      const bytes = await (await fetch(address)).blob();
      setSource(URL.createObjectURL(bytes));
    } catch {
      setLost(true);
    }
  };
  if (lost) {
    return (
      <div className={css.unread}>
        <Icon name="warn" size={40} /><b>{t`这段视频在这里放不出来`}</b>
        <p>{t`${photo.format.toUpperCase()}，${formatBytes(photo.bytes)}，原样留着。系统少了放它的解码器，换成 MP4（H.264）再放进来就能看。`}</p>
      </div>
    );
  }
  return <video key={source} className={css.video} src={source} poster={photoUrl(photo.id, "preview", photo.edited || undefined)} controls preload="metadata" onError={() => void again()} data-testid="photo-clip" />;
}
