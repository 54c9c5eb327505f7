import { describe, expect, test } from 'vitest';
import { databaseUnusable } from './config-errors.ts';

const url = 'postgres://polyvox:secret-word@db.example:5433/calls';
const failure = (code: string) => Object.assign(new Error('no'), { code });

describe('a database that cannot be used', () => {
  test('is named with host, port and name, but without its password', () => {
    const error = databaseUnusable(url, failure('28P01')) as Error;
    expect(error.message).toBe(
      'DATABASE_URL names calls at db.example:5433, but it refuses this user and password. Correct DATABASE_URL, or unset it to use the embedded Postgres.',
    );
  });

  test('says what to do when the database or a right is missing', () => {
    expect(databaseUnusable(url, failure('3D000'))).toMatchObject({
      code: 'config.database_unusable',
      message: expect.stringContaining('createdb') as string,
    });
    expect((databaseUnusable(url, failure('42501')) as Error).message).toContain('CREATEROLE');
  });

  test('is not blamed for a mistake of ours', () => {
    const bug = failure('42601');
    expect(databaseUnusable(url, bug)).toBe(bug);
  });
});
