import { describe, expect, test } from 'vitest';
import { createOutlet } from './outlet.ts';

/** An outlet to an engine that wants frames of four bytes. */
function opened(mostBytes?: number) {
  const sent: (string | object)[] = [];
  const outlet = createOutlet(
    (message) => sent.push(Buffer.isBuffer(message) ? message.toString('latin1') : message),
    mostBytes,
  );
  outlet.hear({ event: 'MEDIA_START', optimal_frame_size: 4 });
  return { outlet, sent };
}

const sound = (text: string): Buffer => Buffer.from(text, 'latin1');

describe('sound for the engine', () => {
  test('is cut into frames, whatever it comes in', () => {
    const { outlet, sent } = opened();
    outlet.speak(sound('ab'));
    expect(sent).toEqual([]);
    outlet.speak(sound('cdefghi'));
    expect(sent).toEqual(['abcd', 'efgh']);
  });

  test('waits while the engine has enough', () => {
    const { outlet, sent } = opened();
    outlet.hear({ event: 'MEDIA_XOFF' });
    outlet.speak(sound('abcdefgh'));
    expect(sent).toEqual([]);
    outlet.hear({ event: 'MEDIA_XON' });
    expect(sent).toEqual(['abcd', 'efgh']);
  });

  test('is known to have been spoken when the engine comes to its mark', async () => {
    const { outlet, sent } = opened();
    outlet.speak(sound('abcde'));
    const spoken = outlet.spoken();
    expect(sent).toEqual(['abcd', 'e\0\0\0', { command: 'MARK_MEDIA', correlation_id: '1' }]);
    outlet.hear({ event: 'MEDIA_MARK_PROCESSED', correlation_id: '1' });
    expect(await spoken).toBe(true);
  });

  test('that is dropped is not spoken, nor what waited', async () => {
    const { outlet, sent } = opened();
    outlet.hear({ event: 'MEDIA_XOFF' });
    outlet.speak(sound('abcdefgh'));
    const spoken = outlet.spoken();
    outlet.hush();
    outlet.hear({ event: 'MEDIA_XON' });
    expect(await spoken).toBe(false);
    expect(sent).toEqual([{ command: 'FLUSH_MEDIA' }]);
  });

  test('is lost where too much waits already', () => {
    const { outlet, sent } = opened(8);
    outlet.hear({ event: 'MEDIA_XOFF' });
    outlet.speak(sound('abcdefghijkl'));
    outlet.speak(sound('late'));
    outlet.hear({ event: 'MEDIA_XON' });
    outlet.speak(sound('mnop'));
    expect(sent).toEqual(['abcd', 'efgh', 'ijkl', 'mnop']);
  });
});
