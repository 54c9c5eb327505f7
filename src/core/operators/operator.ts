import type { Account } from '../accounts/index.ts';
import type { HookAddress, NewHookAddress } from '../hooks/index.ts';

/** Who owns accounts. What it keeps for itself lies in an account of its own, `account`. */
export interface Operator {
  readonly account: Account;
  readonly name: string;
  readonly description: string | undefined;
  /** Below which it gives domains to its accounts. */
  readonly rootDomain: string | undefined;
  readonly msTeamsFqdn: string | undefined;
  /** Asked whether a device of its accounts may register. */
  readonly registrationHook: HookAddress | undefined;
}

export interface NewOperator {
  readonly name: string;
  readonly description: string | undefined;
  readonly rootDomain: string | undefined;
  readonly msTeamsFqdn: string | undefined;
  readonly registrationHook: NewHookAddress | undefined;
}

/** Fields that are there change, those that are `undefined` are emptied. */
export type OperatorChange = Partial<NewOperator>;
