/**
 * How long a file's bytes are kept for the browser, in milliseconds. It reads them some time after the click, on a busy machine a good
 * while, and nothing says when: taken away too soon, the file comes under the name "download", or not at all. FileSaver.js waits 40 s.
 */
const keptFor = 60_000;

/** Hands a file's content to the browser's own download. */
export function download(fileName: string, mediaType: string, content: BlobPart): void {
  const url = URL.createObjectURL(new Blob([content], { type: mediaType }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(url), keptFor);
}
