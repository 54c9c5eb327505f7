import type { EngineLegId, LegTarget } from '../../port/index.ts';
import type { AriHttp } from '../ari-http.ts';
import { outsideObjects } from '../config/pjsip.ts';

const prefix = 'out-';

/** The endpoint by which one leg reaches an address somewhere else. Nobody can call in by it. */
export const outsideOf = (leg: EngineLegId): string => `${prefix}${leg}`;

/** The leg whose endpoint it is; `undefined` for every other endpoint. */
export const legOfOutside = (endpoint: string): EngineLegId | undefined =>
  endpoint.startsWith(prefix) ? (endpoint.slice(prefix.length) as EngineLegId) : undefined;

const objectOf = (objectType: string, leg: EngineLegId) => ({
  configClass: 'res_pjsip',
  objectType,
  id: outsideOf(leg),
});

/**
 * Makes the endpoint of one leg: its messages go to the address that was looked at, whatever the names in the
 * URI mean to the engine.
 */
export async function openOutside(
  ari: AriHttp,
  leg: EngineLegId,
  target: Extract<LegTarget, { kind: 'sip' }>,
  codecs: readonly string[],
): Promise<void> {
  const objects = outsideObjects(outsideOf(leg), target, codecs);
  for (const [objectType, settings] of Object.entries(objects)) {
    if (settings.length === 0) continue;
    await ari.send('PUT /asterisk/config/dynamic/{configClass}/{objectType}/{id}', {
      command: 'open the way outside',
      path: objectOf(objectType, leg),
      body: {
        fields: settings.map(([attribute, value]) => ({ attribute, value: String(value) })),
      },
    });
  }
}

/** Takes the endpoint of a leg that is over away. */
export async function closeOutside(ari: AriHttp, leg: EngineLegId): Promise<void> {
  for (const objectType of ['endpoint', 'auth']) {
    await ari.send('DELETE /asterisk/config/dynamic/{configClass}/{objectType}/{id}', {
      command: 'close the way outside',
      path: objectOf(objectType, leg),
      alreadyDone: [403, 404],
    });
  }
}
