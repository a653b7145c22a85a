import { EventEmitter } from 'node:events';

/** An event as Electron passes it: it can be prevented, and the test sees whether it was. */
export class StandInEvent {
  defaultPrevented = false;

  preventDefault(): void {
    this.defaultPrevented = true;
  }
}

/** An emitter that answers whether the event was prevented. */
export class Preventable extends EventEmitter {
  /** Emits with an event object in front; true where a listener prevented it. */
  fire(name: string, ...rest: readonly unknown[]): boolean {
    const event = new StandInEvent();
    this.emit(name, event, ...rest);
    return event.defaultPrevented;
  }

  /** The same for events that carry their details on the event object itself. */
  fireWith(name: string, details: object): boolean {
    const event = Object.assign(new StandInEvent(), details);
    this.emit(name, event);
    return event.defaultPrevented;
  }
}
