/**
 * How a customer stands after the handover: `answered`: the taker wrote in time and the customer answered; `contacted`: in time, no
 * answer yet; `late`: only after the time allowed; `waiting`: not yet, and there is still time; `missed`: not at all; `left`: the
 * customer deleted the taker.
 */
export const continuityStates = ['answered', 'contacted', 'late', 'waiting', 'missed', 'left'] as const;
export type ContinuityState = (typeof continuityStates)[number];
