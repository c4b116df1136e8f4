import { t } from "@lingui/core/macro";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import { EmptyState, ErrorState, Page, Skeleton } from "../kit";
import { useKept, useTemplates } from "./api";
import { begin, docOf } from "./doc";
import { Studio } from "./Studio";
import { kinds } from "./words";

/** 拼图: opened with photos from the wall (`?photos=1.2.3`, `&kind=pair`), or again from a picture that it made (`?of=9`, `?id=2`). */
export default function CompositionPage() {
  const asked = useSearch({ strict: false }) as { photos?: string | number; kind?: string; id?: number; of?: number };
  const go = useNavigate();
  const back = () => void go({ to: "/photo" });
  const templates = useTemplates();
  const kept = useKept(asked.id, asked.of);
  const wanted = asked.id !== undefined || asked.of !== undefined;
  const photos = String(asked.photos ?? "");
  const kind = kinds.find((one) => one === asked.kind);
  const first = useMemo(() => {
    if (!templates.data || (wanted && !kept.data)) return undefined;
    return kept.data ? docOf(kept.data.spec) : begin(photos.split(".").map(Number).filter((id) => id > 0), templates.data, kind);
  }, [templates.data, kept.data, photos, kind, wanted]);

  const error = templates.error ?? kept.error;
  if (error) return <Page title={t`拼图`} onBack={back}><ErrorState error={error} onRetry={() => { void templates.refetch(); void kept.refetch(); }} /></Page>;
  if (wanted && kept.data === null) return <Page title={t`拼图`} onBack={back}><EmptyState drawing="photos" title={t`这张图的拼图没有留着`}>{t`图片还在素材里，选几张照片可以重新拼一张。`}</EmptyState></Page>;
  if (!first || !templates.data) return <Page title={t`拼图`} onBack={back}><Skeleton shape="page" /></Page>;
  return <Studio key={`${photos} ${kind ?? ""} ${kept.data?.id ?? ""}`} first={first} kept={kept.data?.id ?? null} templates={templates.data} onBack={back} />;
}
