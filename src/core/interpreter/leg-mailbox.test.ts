import { describe, expect, test } from 'vitest';
import { createMailboxes } from './leg-mailbox.ts';

const gate = () => Promise.withResolvers<void>();

describe('a mailbox', () => {
  test('begins a task when the one before is done', async () => {
    const box = createMailboxes().of('leg');
    const first = gate();
    const order: string[] = [];
    const one = box.post(() => first.promise.then(() => order.push('first')));
    const two = box.post(async () => order.push('second'));
    first.resolve();
    await Promise.all([one, two]);
    expect(order).toEqual(['first', 'second']);
  });

  test('goes on after a task that failed, and tells only who posted it', async () => {
    const box = createMailboxes().of('leg');
    const failing = box.post(() => Promise.reject(new Error('no')));
    const next = box.post(async () => 'done');
    await expect(failing).rejects.toThrow('no');
    await expect(next).resolves.toBe('done');
  });

  test('of another leg does not wait', async () => {
    const boxes = createMailboxes();
    const never = gate();
    void boxes.of('one').post(() => never.promise);
    await expect(boxes.of('two').post(async () => 'done')).resolves.toBe('done');
  });

  test('keeps its order when it was empty in between, whoever holds on to it', async () => {
    const boxes = createMailboxes();
    const [early, late] = [boxes.of('leg'), boxes.of('leg')];
    await early.post(async () => undefined);
    const first = gate();
    const order: string[] = [];
    const one = late.post(() => first.promise.then(() => order.push('first')));
    const two = early.post(async () => order.push('second'));
    first.resolve();
    await Promise.all([one, two]);
    expect(order).toEqual(['first', 'second']);
  });
});
