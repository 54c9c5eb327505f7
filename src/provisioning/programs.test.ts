import { describe, expect, test } from 'vitest';
import { isAtLeast, type ProgramName, programKinds } from './programs.ts';

describe('a version', () => {
  test.each([
    ['22.10.1', '22.10.1', true],
    ['22.10.2', '22.10.1', true],
    ['22.10', '22.10.1', false],
    ['22.9.9', '22.10.1', false],
    ['23.0', '22.10.1', true],
    ['5', '5.0', true],
    ['4.99', '5.0', false],
  ])('%s is at least %s: %s', (version, least, expected) => {
    expect(isAtLeast(version, least)).toBe(expected);
  });
});

describe('what programs say about themselves', () => {
  test.each<[ProgramName, string, string]>([
    ['asterisk', 'Asterisk 22.10.1~dfsg+~cs6.17.60671434-1', '22.10.1'],
    ['asterisk', 'Asterisk certified-20.7-cert5', '20.7'],
    ['ffmpeg', 'ffmpeg version 5.1.6-0+deb12u1 Copyright (c) 2000-2024', '5.1.6'],
    ['ffmpeg', 'ffmpeg version n7.1 Copyright (c) 2000-2024', '7.1'],
    ['espeak-ng', 'eSpeak NG text-to-speech: 1.51  Data at: /usr/lib/espeak-ng-data', '1.51'],
    ['sipp', ' SIPp v3.7.2-TLS-SCTP-PCAP-SHA256.', '3.7.2'],
    ['baresip', 'baresip v1.1.0 Copyright (C) 2010 - 2021 Alfred E. Heggestad et al.', '1.1.0'],
  ])('%s is understood in “%s”', (name, output, version) => {
    expect(programKinds[name].versionPattern.exec(output)?.[1]).toBe(version);
  });
});
