import { describe, expect, test } from 'vitest';
import { createSurroundings } from '../../../test/support/core.ts';
import { silentLogger } from '../../kernel/logger.ts';
import { createRegistrations } from './registrations.ts';

/** Registrations of an engine that answers as the test says. */
async function given() {
  const { clock, engine, directory, registrations, alice } = createSurroundings();
  const devices = [...registrations.contacts.values()].flat();
  let isAway = false;
  const known = createRegistrations({
    engine: {
      onFact: engine.onFact,
      status: engine.status,
      contacts: async () => {
        if (isAway) throw new Error('no answer');
        return devices;
      },
    },
    directory,
    events: { write: async () => {} },
    clock,
    logger: silentLogger,
  });
  engine.goAway();
  await known.start();
  return {
    clock,
    engine,
    known,
    directory,
    alice,
    phone: alice.phone.id,
    answers: (does: boolean) => {
      isAway = !does;
    },
  };
}

describe('who is registered', () => {
  test('is known once the engine has answered', async () => {
    const { engine, known, phone } = await given();
    engine.comeBack();
    await known.settled();
    expect(known.contactsOf(phone)).toHaveLength(1);
  });

  test('is nobody at a device that was switched off, whatever the engine still lists', async () => {
    const { engine, known, phone, directory, alice } = await given();
    engine.comeBack();
    await known.settled();
    const off = { ...alice.phone, enabled: false };
    directory.change(alice.account.id, { endpoints: new Map([[phone, off]]) });
    known.forget(off);
    expect(known.contactsOf(phone)).toEqual([]);
    engine.comeBack();
    await known.settled();
    expect(known.contactsOf(phone)).toEqual([]);
  });

  test('is asked again when there was no answer', async () => {
    const { clock, engine, known, phone, answers } = await given();
    answers(false);
    engine.comeBack();
    await known.settled();
    expect(known.contactsOf(phone)).toEqual([]);
    answers(true);
    clock.advance({ seconds: 2 });
    await known.settled();
    expect(known.contactsOf(phone)).toHaveLength(1);
  });

  test('is asked again when the engine is not sure that it told everything', async () => {
    const { engine, known, phone, answers } = await given();
    answers(false);
    engine.comeBack();
    await known.settled();
    answers(true);
    engine.tell({ type: 'registrations.unsure', at: new Date() });
    await known.settled();
    expect(known.contactsOf(phone)).toHaveLength(1);
  });
});
