import type { Handlers } from '../../contract/handlers.ts';
import type { Services } from '../../platform/services.ts';
import type { supervisionContract } from './contract.ts';

const later = () => Promise.reject(new Error('lands in this series of commits'));

/** Screening runs, hits, dispositions and saved views. */
export function createSupervisionFeature(_services: Services): {
  readonly handlers: Handlers<typeof supervisionContract>;
} {
  return {
    handlers: {
      'supervision.summary': later,
      'supervision.startScreening': later,
      'supervision.runs': later,
      'supervision.hitIds': later,
      'supervision.hitRows': later,
      'supervision.hit': later,
      'supervision.facets': later,
      'supervision.decide': later,
      'supervision.undo': later,
      'supervision.views': later,
      'supervision.saveView': later,
      'supervision.removeView': later,
    },
  };
}
