import type {
  CallbackResponse,
  DevicePermissionHandlerHandlerDetails,
  OnBeforeRequestListenerDetails,
  Session,
  WebContents,
} from 'electron';

import type { StandInContents } from './contents.ts';
import { Preventable } from './events.ts';

type RequestHandler = NonNullable<Parameters<Session['setPermissionRequestHandler']>[0]>;
type CheckHandler = NonNullable<Parameters<Session['setPermissionCheckHandler']>[0]>;
type PermissionName = Parameters<CheckHandler>[1];
type BeforeRequest = (
  details: Pick<OnBeforeRequestListenerDetails, 'url'>,
  callback: (response: CallbackResponse) => void,
) => void;

type SessionPart = Pick<
  Session,
  | 'setCertificateVerifyProc'
  | 'setDevicePermissionHandler'
  | 'setPermissionCheckHandler'
  | 'setPermissionRequestHandler'
  | 'setSpellCheckerEnabled'
>;

/** A session: where a handler was never set, it answers as Electron does by default, which is to allow. */
export class StandInSession extends Preventable implements SessionPart {
  spellChecker = true;
  certificateVerifyProc: Parameters<Session['setCertificateVerifyProc']>[0] = null;
  readonly webRequest = {
    onBeforeRequest: (listener: BeforeRequest) => {
      this.#beforeRequest = listener;
    },
  };
  #beforeRequest: BeforeRequest | null = null;
  #request: RequestHandler | null = null;
  #check: CheckHandler | null = null;
  #device: ((details: DevicePermissionHandlerHandlerDetails) => boolean) | null = null;

  setPermissionRequestHandler(handler: RequestHandler | null): void {
    this.#request = handler;
  }

  setPermissionCheckHandler(handler: CheckHandler | null): void {
    this.#check = handler;
  }

  setDevicePermissionHandler(
    handler: ((details: DevicePermissionHandlerHandlerDetails) => boolean) | null,
  ): void {
    this.#device = handler;
  }

  setSpellCheckerEnabled(enable: boolean): void {
    this.spellChecker = enable;
  }

  setCertificateVerifyProc(handler: Parameters<Session['setCertificateVerifyProc']>[0]): void {
    this.certificateVerifyProc = handler;
  }

  /** Whether a page is granted the permission that it asks for. */
  async grants(
    contents: StandInContents,
    permission: PermissionName,
    requestingUrl: string,
  ): Promise<boolean> {
    const handler = this.#request;
    if (handler === null) return true;
    // The one place where a part of Electron's class stands for the whole.
    const page = contents as unknown as WebContents;
    return new Promise((resolve) => {
      handler(page, permission, resolve, { isMainFrame: true, requestingUrl });
    });
  }

  /** Whether a page that only looks finds the permission granted. */
  finds(permission: PermissionName, requestingOrigin: string): boolean {
    if (this.#check === null) return true;
    return this.#check(null, permission, requestingOrigin, {
      isMainFrame: true,
      requestingUrl: requestingOrigin,
    });
  }

  grantsDevice(details: DevicePermissionHandlerHandlerDetails): boolean {
    return this.#device === null ? true : this.#device(details);
  }

  /** Whether a page's request for the URL goes out. */
  async loads(url: string): Promise<boolean> {
    const listener = this.#beforeRequest;
    if (listener === null) return true;
    return new Promise((resolve) => {
      listener({ url }, (response) => resolve(response.cancel !== true));
    });
  }

  /** Whether the download of the URL goes on. */
  downloads(url: string): boolean {
    return !this.fire('will-download', { getURL: () => url }, null);
  }
}
