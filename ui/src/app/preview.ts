import { type Preview, startPreview } from "../ipc/fake";

// Only ever reached while developing in a plain browser: the rooms' fake replies stand in for the core.
const rooms = await Promise.all(Object.values(import.meta.glob<{ preview: Preview }>(["../*/preview.ts", "!../app/*"])).map((load) => load()));
startPreview(rooms.map((room) => room.preview));
