import { describe, expect, test } from 'vitest';
import { dialogIn, replacing } from './sip-dialog.ts';

const message = (first: string, cseq: string, tags: { from: string; to?: string }) =>
  [
    first,
    'Via: SIP/2.0/UDP 127.0.0.1:43186;branch=z9hG4bK576abf5cc5ec1b2e',
    'Call-ID: d927b726',
    `From: <sip:201@demo.invalid>;tag=${tags.from}`,
    `To: <sip:203@demo.invalid;transport=udp>${tags.to ? `;tag=${tags.to}` : ''}`,
    `CSeq: ${cseq}`,
    '',
    '',
  ].join('\r\n');

const trace = [
  'UDP 127.0.0.1:43186 -> 127.0.0.1:39407',
  message('INVITE sip:203@demo.invalid;transport=udp SIP/2.0', '1 INVITE', { from: 'ours' }),
  message('SIP/2.0 401 Unauthorized', '1 INVITE', { from: 'ours', to: 'refusal' }),
  message('SIP/2.0 200 OK', '2 INVITE', { from: 'ours', to: 'theirs' }),
  message('SIP/2.0 200 OK', '3 INFO', { from: 'ours', to: 'other' }),
  message('SIP/2.0 200 OK', '4 INVITE', { from: 'theirs', to: 'ours' }),
].join('\r\n');

describe('the dialog of a call in what a phone wrote down', () => {
  test('of a call that it made', () => {
    expect(dialogIn(trace, 'd927b726', 'outgoing')).toEqual({
      callId: 'd927b726',
      localTag: 'ours',
      remoteTag: 'theirs',
      remoteUri: 'sip:203@demo.invalid',
    });
  });

  test('of a call that it took: its own side is the one that was called', () => {
    expect(dialogIn(trace, 'd927b726', 'incoming')).toMatchObject({
      localTag: 'theirs',
      remoteTag: 'ours',
      remoteUri: 'sip:201@demo.invalid',
    });
  });

  test('is not known for a call that was never answered', () => {
    expect(dialogIn(trace, 'another', 'outgoing')).toBeUndefined();
  });

  test('leads somebody into its place', () => {
    const dialog = dialogIn(trace, 'd927b726', 'outgoing');
    expect(dialog && replacing(dialog)).toBe(
      '<sip:203@demo.invalid?Replaces=d927b726%3Bto-tag%3Dtheirs%3Bfrom-tag%3Dours>',
    );
  });
});
