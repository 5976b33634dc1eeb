import { usage } from "../errors.js";
import { disk, errorCode, type FileSystem } from "./files.js";

/** The JSON in a file that the user named. */
export async function readJson(path: string, fs: FileSystem = disk): Promise<unknown> {
  const text = await readText(path, fs);
  try {
    // Editors of Windows begin a file with a mark that is not JSON.
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    throw usage({
      code: "config.not-json",
      message: `"${path}" is not JSON: ${error instanceof Error ? error.message : String(error)}.`,
      hint: "Correct it; comments and trailing commas are not JSON.",
    });
  }
}

async function readText(path: string, fs: FileSystem): Promise<string> {
  try {
    return await fs.readFile(path, "utf8");
  } catch (error) {
    throw usage({
      code: "config.unreadable",
      message: `"${path}" cannot be read (${errorCode(error)}).`,
      hint: "Give the path of a JSON file to --config.",
    });
  }
}
