import { describe, expect, test } from 'vitest';
import { createSurroundings } from '../../../../test/support/core.ts';
import { contactOf } from '../../../../test/support/given.ts';
import type { LiveEndpoint } from '../../../core/endpoints/index.ts';
import type { ContactState } from '../../../engine/port/index.ts';
import { peerOf, presentPeer, presentPeerStatuses } from './peer.ts';

const { alice, directory } = createSurroundings();

/** The phone 201, or its twin in the browser, with a contact for each state. */
const phone = (states: readonly ContactState[], username = '201'): LiveEndpoint => {
  const endpoint = { ...alice.phone, username };
  return {
    endpoint,
    name: directory.endpointName(endpoint),
    contacts: states.map((state, at) => ({
      ...contactOf(directory, endpoint),
      uri: `sip:${username}@192.0.2.${at + 1}`,
      state,
    })),
  };
};

const cases: readonly (readonly [readonly ContactState[], 'OK' | 'UNKNOWN', string | undefined])[] =
  [
    [['reachable'], 'OK', 'Reachable'],
    [['unqualified'], 'OK', 'NonQualified'],
    [['unknown'], 'OK', 'NonQualified'],
    [['unreachable'], 'UNKNOWN', undefined],
    [[], 'UNKNOWN', undefined],
    [['unreachable', 'reachable'], 'OK', 'Reachable'],
    [['unreachable', 'unreachable'], 'UNKNOWN', undefined],
  ];

describe.each(cases)('a phone with the contacts %j', (states, state, status) => {
  test(`is ${state}, whether one asks for it or for all`, () => {
    const live = phone(states);
    expect(presentPeerStatuses([live])).toEqual([{ id: '201', state }]);
    expect(presentPeer(live)).toMatchObject({ state, ...(status && { Status: status }) });
    if (!status) expect(presentPeer(live)).toEqual({ state: 'UNKNOWN' });
  });
});

test('the contact that answers is told, not one that does not', () => {
  expect(presentPeer(phone(['unreachable', 'reachable']))).toMatchObject({
    URI: 'sip:201@192.0.2.2',
  });
});

describe('a phone and its twin in the browser', () => {
  const twin = (states: readonly ContactState[]) => phone(states, '201-WS');

  test.each([
    [['unreachable'], ['reachable'], 'OK'],
    [['reachable'], [], 'OK'],
    [[], ['unqualified'], 'OK'],
    [[], ['unreachable'], 'UNKNOWN'],
  ] as const)('%j and %j are one row: %s', (own, inBrowser, state) => {
    const rows = presentPeerStatuses([phone(own), twin(inBrowser)]);
    expect(rows).toEqual([{ id: '201', state }]);
    expect(presentPeer(peerOf([twin(inBrowser), phone(own)], '201')).state).toBe(state);
  });

  test('are told apart where only the twin is there', () => {
    expect(presentPeerStatuses([twin(['reachable'])])).toEqual([{ id: '201', state: 'OK' }]);
    expect(presentPeer(peerOf([twin(['reachable'])], '201'))).toMatchObject({ AOR: '201-WS' });
  });

  test('can be asked for by the name of the twin', () => {
    expect(presentPeer(peerOf([twin(['reachable'])], '201-WS'))).toMatchObject({ AOR: '201-WS' });
    expect(peerOf([phone(['reachable'])], '202')).toBeUndefined();
  });
});
