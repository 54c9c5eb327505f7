/**
 * Why a leg ends: the Q.850 causes that Polyvox asks for or reports by name.
 * @see ITU-T Q.850 section 2.2.7; RFC 3398 section 8.2.6.1 for the SIP status of each
 */
export const hangupCauses = {
  unallocated: { q850: 1, sip: 404 },
  normal: { q850: 16, sip: 480 },
  busy: { q850: 17, sip: 486 },
  no_answer: { q850: 19, sip: 480 },
  unregistered: { q850: 20, sip: 480 },
  rejected: { q850: 21, sip: 403 },
  completed_elsewhere: { q850: 26, sip: 487 },
  invalid_number: { q850: 28, sip: 484 },
  congestion: { q850: 34, sip: 503 },
  failure: { q850: 38, sip: 500 },
  engine_lost: { q850: 41, sip: 503 },
  not_allowed: { q850: 57, sip: 403 },
  interworking: { q850: 127, sip: 500 },
} as const satisfies Record<string, { readonly q850: number; readonly sip: number }>;

export type HangupCause = keyof typeof hangupCauses;

/** Whose number it is: Q.850's number of a cause. */
export const q850Of = (cause: HangupCause): number => hangupCauses[cause].q850;

/** The name of a Q.850 number; numbers without a name of their own count as `normal` or `failure`. */
export function causeOfQ850(q850: number): HangupCause {
  for (const [name, { q850: number }] of Object.entries(hangupCauses)) {
    if (number === q850) return name as HangupCause;
  }
  return q850 <= 31 ? 'normal' : 'failure';
}
