/** Width and height as a picture's header claims them, before anything is decoded; null where there is no such header. */
export function imageSize(bytes: Uint8Array): { readonly width: number; readonly height: number } | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    switch (bytes[0] ?? 0) {
      case 0x89:
        return { width: view.getUint32(16), height: view.getUint32(20) };
      case 0x47:
        return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
      case 0x42:
        return bitmapSize(view);
      case 0xff:
        return jpegSize(view);
      default:
        return null;
    }
  } catch {
    // The header goes beyond the file's end.
    return null;
  }
}

function bitmapSize(view: DataView): { width: number; height: number } {
  // The oldest header (12 bytes) has 16-bit sizes; a negative height means rows from the top.
  if (view.getUint32(14, true) === 12)
    return { width: view.getUint16(18, true), height: view.getUint16(20, true) };
  return { width: Math.abs(view.getInt32(18, true)), height: Math.abs(view.getInt32(22, true)) };
}

/** The size stands in the first frame header (SOF0 to SOF15 but DHT, JPG and DAC; ITU T.81, table B.1). */
function jpegSize(view: DataView): { width: number; height: number } | null {
  let at = 2;
  for (;;) {
    while (view.getUint8(at) !== 0xff) at += 1;
    while (view.getUint8(at) === 0xff) at += 1;
    const marker = view.getUint8(at);
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc)
      return { width: view.getUint16(at + 6), height: view.getUint16(at + 4) };
    if (marker === 0xd9 || marker === 0xda) return null;
    at += 1 + ((marker >= 0xd0 && marker <= 0xd8) || marker === 0x01 ? 0 : view.getUint16(at + 1));
  }
}
