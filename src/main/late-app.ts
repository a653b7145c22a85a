import { AppError, type ErrorBody } from '../core/contract/errors.ts';
import type { App } from '../core/contract/handlers.ts';

/** An app that may be asked before it has started, so that the window opens meanwhile: what is asked waits. */
export function lateApp(starting: Promise<App>): App {
  return {
    async dispatch(name, input, caller) {
      try {
        return await (await starting).dispatch(name, input, caller);
      } catch (error) {
        return { ok: false, error: toBody(error) };
      }
    },
    subscribe(caller, listener) {
      let ended = false;
      let end = () => {
        ended = true;
      };
      async function begin(): Promise<void> {
        const app = await starting;
        if (!ended) end = app.subscribe(caller, listener);
      }
      // An app that doesn't start has no events; index.ts tells the user why.
      begin().catch(() => undefined);
      return () => end();
    },
    prepareUpload: async (caller) => (await starting).prepareUpload(caller),
    close: async () => (await starting).close(),
  };
}

function toBody(error: unknown): ErrorBody {
  if (error instanceof AppError) return error.toBody();
  return {
    code: 'internal',
    message: 'The application did not start. Close the window and start it again.',
    details: {},
  };
}
