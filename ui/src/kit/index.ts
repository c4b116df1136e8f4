/**
 * The kit: every component of ours, on one page. `import { Page, Card, Button } from "../kit";`
 * It imports nothing of ours. Words for people go through Lingui: t`…` from "@lingui/core/macro" (inside functions, never at module level),
 * <Trans>…</Trans> and <Plural> from "@lingui/react/macro".
 *
 * Colour means: sprout healthy / the main action · persimmon trust spent, refunds, blocked · amber needs evidence · sky neutral. Never colour alone.
 * Own styles: a `*.module.css` beside the part, colours only as tokens (var(--ink2), --line, --sunk, --card, --sprout-ink … see tokens.css).
 * Small layout classes: "pile" (grid, 14 px gaps) · "row" (flex, wraps) · "muted" "good" "bad" · "num" · "push" (to the right end) · "rule" · "prose" (readable lines).
 *
 * PAGE      <Page title sub? stake? actions? bar? onBack? still?>          still: the body does not scroll, its children do
 *           <SelectionBar label="已选 3 张">buttons</SelectionBar>
 * CARD      <Card title? note? actions? pad=true>  <Pairs of={[[name, value]]}>  <Lines of={[{key, body, end?}]}>
 * BUTTON    <Button kind="go|plain|quiet|danger" small? icon? busy? onClick>  <IconButton label icon>
 * CHIP      <Chip tone="sprout|persimmon|amber|sky|plain" icon? onClick?>  <FilterChip on onChange>
 * FIGURES   <Stats><Stat name value note? tone? onClick?/></Stats>  <Money minor currency? plus? cents?>  <Num value digits? plus? unit?>
 *           <TierBar a b c d width?>  <TierKey/>   formatMoney formatNum formatPercent formatBytes
 * TIME      <When at={ms} form="date|time|full|ago">   formatWhen formatSpan daysBetween dayToMs msToDay
 * PICTURE   <Picture src={photoUrl(id, "thumb")} alt focus?{x,y} ratio? marks?[{text,tone?}] stars? picked? stack? width? onClick?>
 * STATES    <Loaded query={q} shape="rows|cards|wall|page" empty={<EmptyState …/>}>{(data) => …}</Loaded>   does all four states
 *           <EmptyState drawing="leaf|shelf|flask|photos|page|plane|chain|receipt|chart|sun|key|knot" title actions?>hint</EmptyState>
 *           <ErrorState title? error kept? onRetry? actions?>  <Skeleton shape count?>   messageOf(error)
 * FIELDS    all: label note? error? placeholder? disabled? value onChange(value) onBlur? data-testid?
 *           TextField (onEnter? ref? bare?)  TextArea (rows maxRows bare?)   bare: label only for screen readers  NumberField (null when empty; min max digits unit)  MoneyField (minor units)
 *           SelectField (options search? clear? bare?)  TagsField  DateField ("2026-11-22"; time? bare? min? max?)  Toggle/Check (label on onChange)
 *           <Segmented label value onChange options>  <Stars label value onChange>
 * TABLE     <Table label columns={[{key,title,cell,width?,right?,sort?}]} rows rowKey onOpen? selected? dense? onEnd? menu?={(row) => [name, entries]}>   fills its flex parent:
 *           put it in <Page still> and <Card style={{flex:1,minHeight:0,display:"flex"}}>   <Lead picture? title note?> for the first cell
 * TILES     <Tiles label count keyOf min below? onEnd?>{(nth) => <tile/>}</Tiles>   picture tiles, virtualised, in <Page still>;  useWidth() → [ref, px]
 * AUTOSAVE  const draft = useDraft(kept, async (value) => …)  → draft.value, draft.set(value), onBlur={draft.flush}, draft.state kept|waiting|saving|failed
 *           leaveSafely(refused, go)  useLeaving()   before another workspace opens, every draft is saved or the leaving refused
 * TIMELINE  <Timeline label><Day name="第 14 天" date gap?>…</Day></Timeline>  <Missing action>六天没有记录。</Missing>
 * OVERLAYS  <Modal open onClose title actions? size? tall?>  <Drawer …same>  <Confirm open onClose title yes onYes danger?>  <Menu entries={[…|"rule"]}><Button/></Menu>
 *           <KeySheet open onClose title groups={[[name, [[key, what]]]]}/> every key of a screen   <Level value={210}>  how high dialogs opened inside stand
 *           <Popover label open onOpen inside={…}><Button/></Popover>  <Hint text><Button/></Hint>   say.done("已归档", undo?)  say.failed(error)
 * MENU      <li {...contextMenu(title, () => [{ label, icon?, onClick, danger?, disabled? }, "rule", …])}>   the right-click menu of a thing: what its buttons do, no more
 * FORMS     const form = useKept("product.add", blank)  → form.value, form.set, form.filled (for <Modal kept>), form.done()   what is filled in outlives its dialog
 *           const refused = useRefusal(["name", …])  → error={refused.at("name")}, refused.by(error), refused.clear()   the core's sentence at its field
 * ASKED     useAsked("add", open)   the palette goes to /product?add
 * UNDO      useUndoKey((any) => …)   Ctrl/⌘ Z takes back what say.done offered; keepUndo(undo) for what needs no words
 * KEYS      useKeys("mod+K", act, on?)  isComposing(event)  isKeys(event, "mod+Enter")  <Kbd keys="mod+K">
 * CHART     import { Chart } from "../kit/Chart" (lazily: it carries ECharts)  <Chart option label height? onPick?>
 * WINDOW    useLocale() → {locale, setLocale};  light/dark: useMantineColorScheme() of @mantine/core
 *
 * What a room `src/<noun>/` may export for the window to find by itself: Page.tsx / Detail.tsx (the routes, default export), badge.ts (useBadge(): number | undefined,
 * the count in the navigation), palette.ts (PaletteSource: commands(), search(words)), preview.ts (`export const preview: Preview`, fake replies by command name for `npm run dev` in a plain browser, see ipc/fake.ts;
 * CAOBEN_PREVIEW_PHOTOS=folder gives photoUrl pictures there), foot.ts (useWorkspaceName()), en.po (npm run extract, then fill in; npm run check).
 * Query keys begin with the noun: ["product", "list", filter]; a commit that touches the noun refreshes them by itself.
 */
export * from "./asked";
export * from "./Button";
export * from "./Card";
export * from "./Chip";
export * from "./ContextMenu";
export * from "./DateField";
export * from "./day";
export * from "./draft";
export * from "./Drawing";
export * from "./fields";
export * from "./figures";
export * from "./Icon";
export * from "./kept";
export * from "./keys";
export * from "./locale";
export * from "./money";
export * from "./overlays";
export * from "./Page";
export * from "./palette";
export * from "./Picture";
export * from "./refusal";
export * from "./scheme";
export * from "./spot";
export * from "./states";
export * from "./Table";
export * from "./Tiles";
export * from "./undo";
export * from "./unsaved";
export * from "./when";
