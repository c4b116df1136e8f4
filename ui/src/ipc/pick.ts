import { commands, type Kind } from "./commands";

/** What may come in as a photo: pictures and clips that are shown, and RAW files that are kept. */
export const pictures: Kind = {
  name: "照片和视频",
  endings: ["jpg", "jpeg", "png", "webp", "gif", "heic", "heif", "hif", "avif", "tif", "tiff", "mpo", "bmp", "jxl", "psd", "mp4", "mov", "m4v", "3gp", "mkv", "webm", "avi", "dng", "raf", "arw", "cr2", "cr3", "nef", "orf", "rw2", "pef"],
};
/** The tables products, reviews and orders come in. */
export const tables: Kind = { name: "表格", endings: ["csv", "xlsx", "xls", "tsv", "txt"] };
/** Our own backups. */
export const backups: Kind = { name: "草本备份", endings: ["zip"] };

/** Paths of the files somebody picks; [] when they change their mind. */
export const pickFiles = (title: string, kind?: Kind): Promise<string[]> => commands.pickFiles(title, kind ? [kind] : []);

/** The path of one file; null when they change their mind. */
export const pickFile = async (title: string, kind?: Kind): Promise<string | null> => (await pickFiles(title, kind))[0] ?? null;

/** The path of one folder; null when they change their mind. */
export const pickFolder = (title: string): Promise<string | null> => commands.pickFolder(title);

/** Where to write a new file; null when they change their mind. */
export const pickSave = (title: string, name: string): Promise<string | null> => commands.pickSave(title, name);
