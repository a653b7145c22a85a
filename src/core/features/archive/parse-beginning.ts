/**
 * The JSON value that a text begins: as much of it as can be read where its end is missing. For looking at what a file is from its
 * first bytes; never for reading it. Undefined where it is no JSON.
 */
export function parseBeginning(text: string): unknown {
  const whole = parseWhole(text);
  if (whole !== undefined) return whole;
  const closers: string[] = [];
  let inString = false;
  /** What is whole ends here, and what closes it. */
  let end = -1;
  let depthAtEnd = 0;
  const closersAt: string[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (inString) {
      if (character === '\\') at += 1;
      else if (character === '"') inString = false;
      continue;
    }
    if (character === '"') inString = true;
    else if (character === '{' || character === '[') {
      closers.push(character === '{' ? '}' : ']');
      end = at + 1;
      depthAtEnd = closers.length;
      closersAt[depthAtEnd - 1] = closers.at(-1) ?? '';
    } else if (character === '}' || character === ']') {
      closers.pop();
      end = at + 1;
      depthAtEnd = closers.length;
    } else if (character === ',') {
      end = at;
      depthAtEnd = closers.length;
    }
  }
  if (end < 0) return undefined;
  return parseWhole(text.slice(0, end) + closersAt.slice(0, depthAtEnd).toReversed().join(''));
}

/** The JSON value that a text is; undefined where it is none. */
export function parseWhole(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}
