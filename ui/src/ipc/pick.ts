import { open, save } from "@tauri-apps/plugin-dialog";

type Kind = { name: string; extensions: string[] };

/** The pictures we read. */
export const pictures: Kind = { name: "照片", extensions: ["jpg", "jpeg", "png", "webp", "heic", "heif", "gif", "bmp", "tif", "tiff"] };
/** The tables a shop exports. */
export const tables: Kind = { name: "订单表格", extensions: ["csv", "xlsx", "xls", "tsv", "txt", "zip"] };

/** Paths of the files somebody picks; [] when they change their mind. */
export async function pickFiles(title: string, kind?: Kind): Promise<string[]> {
  return (await open({ title, multiple: true, filters: kind && [kind] })) ?? [];
}

/** The path of one file; null when they change their mind. */
export const pickFile = (title: string, kind?: Kind): Promise<string | null> => open({ title, multiple: false, filters: kind && [kind] });

/** The path of one folder; null when they change their mind. */
export const pickFolder = (title: string): Promise<string | null> => open({ title, directory: true, multiple: false });

/** Where to write a new file; null when they change their mind. */
export const pickSave = (title: string, name: string, kind?: Kind): Promise<string | null> => save({ title, defaultPath: name, filters: kind && [kind] });
