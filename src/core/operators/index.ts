export { createOperators, type OperatorPorts } from './create-operators.ts';
export type { NewOperator, Operator, OperatorChange } from './operator.ts';
export type { OperatorStore } from './operator-store.ts';
export type { Operators } from './service.ts';
