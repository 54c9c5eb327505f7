import { join } from 'node:path';
import type { EndpointName, EngineEndpoint, EngineTrunk, TrunkName } from '../port/index.ts';
import type { AriHttp } from './ari-http.ts';
import { endpointObjects, endpointSections, trunkSections } from './config/pjsip.ts';
import { engineFolders, writePrivate } from './config/write-config.ts';

/** What the engine knows of endpoints and trunks: files for the bulk, ARI for single changes. */
export interface EndpointBook {
  replace(endpoints: readonly EngineEndpoint[], trunks: readonly EngineTrunk[]): Promise<void>;
  put(endpoint: EngineEndpoint): Promise<void>;
  remove(name: EndpointName): Promise<void>;
  putTrunk(trunk: EngineTrunk): Promise<void>;
  removeTrunk(name: TrunkName): Promise<void>;
  trunks(): readonly EngineTrunk[];
  /** Remembers what the engine must know, without telling it. */
  seed(endpoints: readonly EngineEndpoint[], trunks: readonly EngineTrunk[]): void;
  /** Writes the files that the engine reads when it starts. */
  write(): Promise<void>;
}

/** Milliseconds after a single change until the file is written anew. */
const rewriteDelayMs = 1_000;

export function createEndpointBook(options: {
  readonly folder: string;
  readonly codecs: readonly string[];
  readonly ari: () => AriHttp;
}): EndpointBook {
  const { codecs, ari } = options;
  const { etc } = engineFolders(options.folder);
  const endpoints = new Map<EndpointName, EngineEndpoint>();
  const trunks = new Map<TrunkName, EngineTrunk>();
  let rewrite: NodeJS.Timeout | undefined;

  const write = async () => {
    const all = [...endpoints.values()].map((endpoint) => endpointSections(endpoint, codecs));
    await writePrivate(join(etc, 'endpoints.conf'), all.join(''));
    const providers = [...trunks.values()].map((trunk) => trunkSections(trunk, codecs));
    await writePrivate(join(etc, 'trunks.conf'), providers.join(''));
  };
  const reload = async () => {
    for (const module of [
      'res_pjsip.so',
      'res_pjsip_outbound_registration.so',
      'res_pjsip_endpoint_identifier_ip.so',
    ]) {
      await ari().send('PUT /asterisk/modules/{moduleName}', {
        command: 'reload endpoints',
        path: { moduleName: module },
        alreadyDone: [404, 409],
      });
    }
  };
  const writeAndReload = async () => {
    clearTimeout(rewrite);
    await write();
    await reload();
  };
  const writeSoon = () => {
    clearTimeout(rewrite);
    rewrite = setTimeout(() => void write().catch(() => undefined), rewriteDelayMs);
    rewrite.unref();
  };
  const dynamic = (type: string, name: string) => ({
    configClass: 'res_pjsip',
    objectType: type,
    id: name,
  });
  const putObject = (
    type: string,
    name: string,
    fields: readonly (readonly [string, string | number])[],
  ) =>
    ari().send('PUT /asterisk/config/dynamic/{configClass}/{objectType}/{id}', {
      command: 'put endpoint',
      path: dynamic(type, name),
      body: { fields: fields.map(([attribute, value]) => ({ attribute, value: String(value) })) },
    });
  const forgetObject = (type: string, name: string) =>
    ari().send('DELETE /asterisk/config/dynamic/{configClass}/{objectType}/{id}', {
      command: 'remove endpoint',
      path: dynamic(type, name),
      alreadyDone: [403, 404],
    });
  const seed: EndpointBook['seed'] = (all, providers) => {
    endpoints.clear();
    trunks.clear();
    for (const endpoint of all) endpoints.set(endpoint.name, endpoint);
    for (const trunk of providers) trunks.set(trunk.name, trunk);
  };
  return {
    seed,
    write,
    trunks: () => [...trunks.values()],
    async replace(all, providers) {
      seed(all, providers);
      await writeAndReload();
    },
    async put(endpoint) {
      const known = endpoints.has(endpoint.name);
      endpoints.set(endpoint.name, endpoint);
      if (known) return writeAndReload();
      const objects = endpointObjects(endpoint, codecs);
      await putObject('auth', endpoint.name, objects.auth);
      await putObject('aor', endpoint.name, objects.aor);
      await putObject('endpoint', endpoint.name, objects.endpoint);
      writeSoon();
    },
    async remove(name) {
      endpoints.delete(name);
      for (const type of ['endpoint', 'aor', 'auth']) await forgetObject(type, name);
      await writeAndReload();
    },
    async putTrunk(trunk) {
      trunks.set(trunk.name, trunk);
      await writeAndReload();
    },
    async removeTrunk(name) {
      trunks.delete(name);
      await writeAndReload();
    },
  };
}
