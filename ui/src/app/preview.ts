import { type Preview, startPreview } from "../ipc/fake";

// Only ever reached while developing in a plain browser: the rooms' own fake replies stand in for the core. Where two rooms answer one command, the room
// whose noun is in its name knows better.
const loads = import.meta.glob<{ preview: Preview }>(["../*/preview.ts", "!../app/*"]);
const rooms = await Promise.all(Object.entries(loads).map(async ([path, load]) => [path.split("/")[1] ?? "", (await load()).preview] as const));
const own = rooms.map(([room, preview]) => Object.fromEntries(Object.entries(preview).filter(([command]) => command.includes(room))));
startPreview([...rooms.map(([, preview]) => preview), ...own]);
