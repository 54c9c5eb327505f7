import { createServer } from 'node:http';
import type { TestProject } from 'vitest/node';
import { freePort, startExchange } from './exchange.ts';

/** The one exchange that all contract tests talk to. */
export interface ContractServer {
  readonly url: string;
  readonly port: number;
  readonly sipPort: number;
  readonly dataFolder: string;
  readonly adminToken: string;
  readonly adminPassword: string;
  readonly demoApiKey: string;
  /** The one origin whose pages may use sipgate's API. */
  readonly allowedOrigin: string;
  /** Answers with what the server printed so far. */
  readonly outputUrl: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    contractServer: ContractServer;
  }
}

/** The one origin whose pages may use sipgate's API. */
const allowedOrigin = 'https://app.example.test';

/** Starts the exchange before the first file and ends it after the last one. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const exchange = await startExchange({ env: { POLYVOX_WEB_ORIGINS: allowedOrigin } });
  const outputPort = await freePort();
  const printed = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' });
    response.end(exchange.output());
  });
  await new Promise<void>((resolve) => printed.listen(outputPort, '127.0.0.1', resolve));
  const { url, port, sipPort, dataFolder, adminToken, adminPassword, demoApiKey } = exchange;
  project.provide('contractServer', {
    url,
    port,
    sipPort,
    dataFolder,
    adminToken,
    adminPassword,
    demoApiKey,
    allowedOrigin,
    outputUrl: `http://127.0.0.1:${outputPort}`,
  });
  return async () => {
    printed.closeAllConnections();
    printed.close();
    await exchange.stop();
  };
}
