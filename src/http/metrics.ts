import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { OperatorPages } from './operator-pages.ts';

/** A number that is read when somebody asks. */
export interface GaugeSource {
  readonly name: string;
  readonly help: string;
  readonly read: () => number | Promise<number>;
}

/** Seconds between which requests are counted. */
const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/** Measurements in the words of Prometheus; everything of ours begins with `polyvox_`. */
export function createMetrics(
  gauges: readonly GaugeSource[],
): Pick<OperatorPages, 'metrics' | 'observe'> {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  for (const { name, help, read } of gauges) {
    new Gauge({
      name: `polyvox_${name}`,
      help,
      registers: [registry],
      async collect() {
        // What cannot be read now keeps its last value: the others are still told.
        const value = await Promise.resolve(read()).catch(() => undefined);
        if (value !== undefined) this.set(value);
      },
    });
  }
  const requests = new Histogram({
    name: 'polyvox_http_request_seconds',
    help: 'Time from the request to its answer, by route.',
    labelNames: ['method', 'route', 'status'],
    buckets,
    registers: [registry],
  });
  return {
    metrics: () => registry.metrics(),
    observe: ({ method, route, status, seconds }) =>
      requests.observe({ method, route, status }, seconds),
  };
}
