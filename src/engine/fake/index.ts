export type { FakeCommand, FakeCommandName, FakeCommandOf } from './fake-command.ts';
export { createFakeEngine, type FakeEngine, type FakeEngineOptions } from './fake-engine.ts';
