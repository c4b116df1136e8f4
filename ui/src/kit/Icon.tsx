const paths = {
  today: "M4 6h16M4 6v13a1 1 0 0 0 1 1h14a1 1 0 0 0 1-1V6M8 3v4M16 3v4M9 14l2 2 4-4",
  product: "M3 8l9-5 9 5v8l-9 5-9-5zM3 8l9 5 9-5M12 13v8",
  trial: "M9 3h6M10 3v6l-5 9a2 2 0 0 0 2 3h10a2 2 0 0 0 2-3l-5-9V3M7.5 15h9",
  photo: "M3 6h18v13H3zM3 16l5-5 4 4 3-3 6 6M15.5 10.5h.01",
  post: "M4 20l4-1L20 7l-3-3L5 16zM14 6l3 3",
  publication: "M21 3L10 14M21 3l-7 18-4-7-7-4z",
  link: "M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1",
  order: "M6 3h12v18l-3-2-3 2-3-2-3 2zM9 8h6M9 12h6",
  report: "M4 20V4M4 20h16M8 16v-4M12 16V8M16 16v-6",
  setting: "M12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM19 12l2-1-1-3-2 .5-1.5-1.5.5-2-3-1-1 2h-2l-1-2-3 1 .5 2L6 8.500 4 8l-1 3 2 1v1l-2 1 1 3 2-.5L7.500 18l-.5 2 3 1 1-2h2l1 2 3-1-.5-2 1.500-1.500 2 .5 1-3-2-1z",
  search: "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM16 16l5 5",
  plus: "M12 5v14M5 12h14",
  close: "M6 6l12 12M18 6L6 18",
  check: "M5 12.5l4.500 4.500L19 7.500",
  back: "M15 5l-7 7 7 7",
  next: "M9 5l7 7-7 7",
  down: "M5 9l7 7 7-7",
  up: "M5 15l7-7 7 7",
  more: "M4.4 12a.6.6 0 1 0 1.200 0a.6.6 0 1 0-1.200 0M11.4 12a.6.6 0 1 0 1.200 0a.6.6 0 1 0-1.200 0M18.4 12a.6.6 0 1 0 1.200 0a.6.6 0 1 0-1.200 0",
  trash: "M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v6M14 11v6",
  edit: "M4 20l4-1L19 8l-3-3L5 16z",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
  open: "M14 4h6v6M20 4l-9 9M18 14v6H4V6h6",
  folder: "M3 6h6l2 2h10v11H3z",
  import: "M12 4v11M7 10l5 5 5-5M4 20h16",
  export: "M12 15V4M7 9l5-5 5 5M4 20h16",
  star: "M12 4l2.500 5.200 5.500.8-4 4 1 5.700-5-2.700-5 2.700 1-5.700-4-4 5.500-.8z",
  warn: "M12 4L2.500 20h19zM12 10v4M12 17h.01",
  info: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 11v5M12 8h.01",
  lock: "M6 11h12v9H6zM8.500 11V8a3.500 3.500 0 0 1 7 0v3",
  clock: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5l3.500 2",
  undo: "M8 5L4 9l4 4M4 9h10a5.500 5.500 0 0 1 0 11h-3",
  phone: "M7 3h10v18H7zM11 18h2",
  qr: "M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2v2h-2zM18 18h2v2h-2zM18 14h2M14 18v2",
  crop: "M7 3v14h14M3 7h14v14",
  rotate: "M20 11a8 8 0 1 0-2 6M20 5v6h-6",
  eye: "M2.500 12s3.500-6 9.500-6 9.500 6 9.500 6-3.500 6-9.500 6-9.500-6-9.500-6zM12 9.500a2.500 2.500 0 1 0 0 5 2.500 2.500 0 0 0 0-5z",
  filter: "M4 6h16M7 12h10M10 18h4",
  grid: "M4 4h7v7H4zM13 4h7v7h-7zM4 13h7v7H4zM13 13h7v7h-7z",
  list: "M8 6h12M8 12h12M8 18h12M3.4 6a.6.6 0 1 0 1.200 0a.6.6 0 1 0-1.200 0M3.4 12a.6.6 0 1 0 1.200 0a.6.6 0 1 0-1.200 0M3.4 18a.6.6 0 1 0 1.200 0a.6.6 0 1 0-1.200 0",
  drag: "M8.4 6a.6.6 0 1 0 1.200 0a.6.6 0 1 0-1.200 0M14.4 6a.6.6 0 1 0 1.200 0a.6.6 0 1 0-1.200 0M8.4 12a.6.6 0 1 0 1.200 0a.6.6 0 1 0-1.200 0M14.4 12a.6.6 0 1 0 1.200 0a.6.6 0 1 0-1.200 0M8.4 18a.6.6 0 1 0 1.200 0a.6.6 0 1 0-1.200 0M14.4 18a.6.6 0 1 0 1.200 0a.6.6 0 1 0-1.200 0",
  sync: "M20 11a8 8 0 0 0-14-4L4 9M4 5v4h4M4 13a8 8 0 0 0 14 4l2-2M20 19v-4h-4",
} as const;

export type IconName = keyof typeof paths;

/** One of our line icons, 24-unit grid, in the colour of the text beside it; always decorative (name the control, not the icon). */
export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" style={{ width: size, height: size }} aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}
