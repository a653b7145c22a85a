// What reading one file may cost. Files come from anybody; whoever reads them must be done in bounded time and memory.

/** Bytes of a file: as of an attachment (`maxAttachmentBytes`). */
export const maxFileBytes = 200 * 2 ** 20;
/** Bytes of a text or HTML file: a book has one or two million. */
export const maxTextBytes = 50 * 2 ** 20;
/** UTF-16 units of text that are kept of one file; the longest brochure of a bank has some 100,000. */
export const maxTextLength = 1_000_000;
export const maxLinks = 2_000;
export const maxLinkLength = 2_000;
export const maxCodes = 500;

/** Parts of a DOCX or XLSX; one with 1,000 pictures is unusual. */
export const maxParts = 5_000;
/** Bytes that all parts unpack to, and that one of XML does: a sheet of a million cells has some 40 MB. */
export const maxUnpackedBytes = 500 * 2 ** 20;
export const maxXmlBytes = 100 * 2 ** 20;
/** From a megabyte on, what unpacks to more than 200 times its packed size is a bomb: XML of Office reaches 20 to 50. */
export const maxRatio = 200;
export const ratioFrom = 2 ** 20;

/** Rows and cells of a workbook that are read. */
export const maxRows = 100_000;

/** Of a PDF; a fund's annual report has some 100. */
export const maxPages = 1_000;
/** Pixels of a picture that is decoded: 64 million, 8,000 × 8,000, take 256 MB as RGBA. */
export const maxPixels = 64_000_000;
/** Pixels of all pictures in one file. */
export const maxPixelsOfFile = 600_000_000;
export const maxPictures = 300;

/** Milliseconds until a file's thread gives itself up with what it has, and until it is ended. */
export const softTimeLimit = 45_000;
export const hardTimeLimit = 60_000;
/** MiB of JavaScript's own heap; beyond, the thread ends and the file is `too-large`. */
export const maxHeapMegabytes = 1_024;
