import type { AccountId, Sid, UserId } from '../../kernel/ids.ts';

/** A person of an account. */
export interface User {
  readonly id: UserId;
  readonly sid: Sid;
  readonly accountId: AccountId;
  /** Counts up from 0 within the account; dialects derive short ids (`w0`) from it. */
  readonly serial: number;
  readonly email: string;
  /** Sign-in name, unique in the installation like the e-mail; lower case. */
  readonly login: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly admin: boolean;
  /** What colleagues dial; unique within the account. */
  readonly extension: string | undefined;
  /** Overrides of the account's. */
  readonly timeZone: string | undefined;
  readonly language: string | undefined;
  readonly busyOnBusy: boolean;
  readonly createdAt: Date;
}

export interface NewUser {
  readonly email: string;
  readonly login: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly admin: boolean;
  readonly extension: string | undefined;
  /** Plain; hashed before it is stored. At least 8 characters. */
  readonly password: string;
  readonly timeZone?: string;
  readonly language?: string;
}

export type UserChange = Partial<Omit<NewUser, 'timeZone' | 'language'>> & {
  readonly timeZone?: string | undefined;
  readonly language?: string | undefined;
  readonly busyOnBusy?: boolean;
};

/** First and last name as one. */
export const displayName = (user: Pick<User, 'firstName' | 'lastName'>): string =>
  `${user.firstName} ${user.lastName}`.trim();
