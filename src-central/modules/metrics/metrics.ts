import type { FastifyReply, FastifyRequest } from 'fastify';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Central } from '../../central.ts';
import { PROGRAM_VERSION } from '../../program-version.ts';
import { type Figures, readFigures } from './figures.ts';

const DURATION_BUCKETS = [0.005, 0.025, 0.1, 0.5, 1, 2.5, 10];

const HELP: Readonly<Record<keyof Figures, readonly [name: string, help: string]>> = {
  openQuarantine: ['counterfoil_quarantine_open', 'Journal entries that wait for a person'],
  unjudgedEntries: ['counterfoil_journal_unjudged', 'Journal entries stored and not judged yet'],
  reportingRsus: ['counterfoil_rsus_reporting', 'Enabled tills that reported lately'],
  silentRsus: ['counterfoil_rsus_silent', 'Enabled tills that have not reported lately'],
  sellingRaffleEvents: ['counterfoil_raffle_events_selling', 'Raffle events that sell now'],
  epoch: ['counterfoil_epoch', 'The epoch; it rises after a restore'],
};

/** What one process measures. */
export interface Metrics {
  /** Notes an answered request. */
  observe(request: FastifyRequest, reply: FastifyReply): void;
  /** Everything, in Prometheus’ text format. */
  print(): Promise<string>;
  readonly mediaType: string;
}

/** Begins to measure: the process itself, its requests, and how the system does. */
export function createMetrics(central: Central): Metrics {
  const register = new Registry();
  register.setDefaultLabels({ version: PROGRAM_VERSION });
  collectDefaultMetrics({ register });
  const durations = new Histogram({
    name: 'counterfoil_http_request_duration_seconds',
    help: 'How long requests took, by their route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: DURATION_BUCKETS,
    registers: [register],
  });
  const isDatabaseUp = new Gauge({
    name: 'counterfoil_database_up',
    help: '1 while the database answers',
    registers: [register],
  });
  const gauges = Object.entries(HELP).map(([figure, [name, help]]) => ({
    figure: figure as keyof Figures,
    gauge: new Gauge({ name, help, registers: [register] }),
  }));
  return {
    mediaType: register.contentType,
    observe(request, reply) {
      const { method } = request;
      const route = request.routeOptions.url ?? 'none';
      // A stream lasts as long as somebody listens; its duration says nothing.
      if (route.endsWith('/stream')) return;
      durations.observe(
        { method, route, status: String(reply.statusCode) },
        reply.elapsedTime / 1000,
      );
    },
    async print() {
      const figures = await readFigures(central.database, central.now()).catch(() => undefined);
      isDatabaseUp.set(figures === undefined ? 0 : 1);
      // Without the database the last figures would look like news.
      for (const { figure, gauge } of gauges) gauge.set(figures?.[figure] ?? Number.NaN);
      return register.metrics();
    },
  };
}
