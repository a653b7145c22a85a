/** What the log says of an unexpected error. Not its message, which may quote what somebody wrote. */
export interface ErrorFacts {
  readonly name: string;
  readonly code: string | null;
  /** The innermost calls, as `call (file:line:column)`. */
  readonly at: readonly string[];
}

/** So many calls tell where it happened; more would only be read by whoever has the sources at hand anyway. */
const shownCalls = 5;

/** The name, code and place of whatever was thrown; never its message. */
export function errorFacts(error: unknown): ErrorFacts {
  if (!(error instanceof Error)) return { name: 'unknown', code: null, at: [] };
  const { name } = error;
  return {
    name,
    code: 'code' in error && typeof error.code === 'string' ? error.code : null,
    at: callsOf(error),
  };
}

function callsOf({ message, stack = '' }: Error): readonly string[] {
  // The stack begins with the message; whatever it has that looks like a call is skipped with it.
  const start = stack.indexOf(message);
  // Where it begins with another one, nothing tells that from the calls.
  if (start === -1) return [];
  return (
    [...stack.slice(start + message.length).matchAll(/^ +at (.+)$/gm)]
      .slice(0, shownCalls)
      // A folder's name may be a person's, and have blanks and brackets.
      .map(([, call = '']) => call.replace(/^([^/\\]*? \()?.*[/\\]/, '$1'))
  );
}
