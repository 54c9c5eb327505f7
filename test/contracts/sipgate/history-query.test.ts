import { describe, expect, test } from 'vitest';
import { newTenant } from '../support/tenant.ts';

const { admin } = await newTenant();

const good = [
  'limit=0',
  'limit=1000',
  'offset=2147483647',
  'types=CALL&types=FAX',
  'types=CALL,VOICEMAIL,SMS',
  'directions=INCOMING&directions=MISSED_OUTGOING',
  'directions=INCOMING,OUTGOING',
  'archived=true',
  'archived=false',
  'starred=STARRED&starred=UNSTARRED',
  'connectionIds=e0&connectionIds=p0',
  'connectionIds=e0,g7',
  'from=2020-01-01T00:00:00.000Z&to=2030-01-01T00:00:00Z',
  'from=2020-01-01T00:00:00%2B02:00',
  'from=2020-01-01',
  'phonenumber=%2B4922166980201',
  'phonenumber=4922166980201',
  'nobodyKnows=1',
];

const bad = [
  'limit=1001',
  'limit=-1',
  'limit=ten',
  'limit=5.5',
  'limit=',
  'limit=1&limit=2',
  'offset=-1',
  'offset=2147483648',
  'types=FOO',
  'types=CALL&types=FOO',
  'types=call',
  'directions=SIDEWAYS',
  'archived=perhaps',
  'starred=YES',
  'from=yesterday',
  'from=2020-13-45',
  'to=12',
  'phonenumber=%00',
  `phonenumber=${'4'.repeat(65)}`,
  `types=${'CALL,'.repeat(200)}`,
];

describe.each(['/v2/history', '/v2/w0/history'])('the query of %s', (path) => {
  test.each(good)('may be %s', async (query) => {
    const answer = await admin.api.send('GET', `${path}?${query}`);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ items: [], totalCount: 0 });
  });

  test.each(bad)('must not be %s', async (query) => {
    const answer = await admin.api.send('GET', `${path}?${query}`);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ name: 'PARAMETER_INVALID' });
    const [name = ''] = query.split('=');
    if (!query.includes('%00')) expect(answer.text).toContain(name);
  });
});
