/** A SIP dialog as one of its two ends knows it. @see RFC 3261 section 12 */
export interface SipDialog {
  readonly callId: string;
  readonly localTag: string;
  readonly remoteTag: string;
  /** The far party's address, without parameters. */
  readonly remoteUri: string;
}

const header = (message: string, name: string): string =>
  new RegExp(`^${name}:\\s*(.*)$`, 'im').exec(message)?.[1]?.trim() ?? '';

const tagOf = (party: string): string => /;tag=([^;\s]+)/.exec(party)?.[1] ?? '';

const uriOf = (party: string): string => /<([^;>]+)/.exec(party)?.[1] ?? '';

/**
 * The dialog of a call, read out of the SIP messages that a phone wrote down: the answer to the
 * INVITE that began it names both tags.
 * @param direction - who called: `outgoing`, the phone
 */
export function dialogIn(
  trace: string,
  callId: string,
  direction: 'incoming' | 'outgoing',
): SipDialog | undefined {
  const answer = trace
    .split(/^(?=SIP\/2\.0 |[A-Z]+ sips?:)/m)
    .find(
      (message) =>
        message.startsWith('SIP/2.0 200') &&
        header(message, 'Call-ID') === callId &&
        header(message, 'CSeq').endsWith(' INVITE'),
    );
  if (!answer) return undefined;
  const [from, to] = [header(answer, 'From'), header(answer, 'To')];
  const [local, remote] = direction === 'outgoing' ? [from, to] : [to, from];
  return { callId, localTag: tagOf(local), remoteTag: tagOf(remote), remoteUri: uriOf(remote) };
}

/**
 * Where a REFER must lead so that whoever follows it takes the place of a phone in one of its dialogs.
 * @see RFC 3891 section 3: both tags as the far end knows them
 */
export function replacing({ callId, localTag, remoteTag, remoteUri }: SipDialog): string {
  const replaces = `${callId};to-tag=${remoteTag};from-tag=${localTag}`;
  return `<${remoteUri}?Replaces=${encodeURIComponent(replaces)}>`;
}
