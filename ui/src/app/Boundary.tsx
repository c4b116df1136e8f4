import { t } from "@lingui/core/macro";
import { Component, type ReactNode } from "react";
import { Button, ErrorState } from "../kit";

/** The last net: when drawing itself fails, says so and draws again. What was typed is already with the core. */
export class Boundary extends Component<{ children: ReactNode }, { error?: unknown }> {
  override state: { error?: unknown } = {};
  static getDerivedStateFromError(error: unknown) {
    return { error };
  }
  override render() {
    if (this.state.error === undefined) return this.props.children;
    return <Broken error={this.state.error} retry={() => this.setState({ error: undefined })} />;
  }
}

/** A page that could not be drawn. */
export function Broken({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <ErrorState error={error} title={t`这一页画不出来了`} kept={t`写下的内容已经保存，不受影响。`} onRetry={retry}
      actions={<Button onClick={() => { location.hash = ""; location.reload(); }}>{t`重新打开窗口`}</Button>} />
  );
}
