/** Hands a file's content to the browser's own download. */
export function download(fileName: string, mediaType: string, content: BlobPart): void {
  const url = URL.createObjectURL(new Blob([content], { type: mediaType }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  // The click has taken the bytes by the time that the next task runs.
  window.setTimeout(() => URL.revokeObjectURL(url), 0);
}
