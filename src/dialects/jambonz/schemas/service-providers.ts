import { type Static, Type } from 'typebox';
import { Nullable, SidField, strict } from './common.ts';
import { HookIn, HookOut } from './hook.ts';

const Text = Type.Optional(Nullable(Type.String({ maxLength: 255 })));
const Name = Type.String({ minLength: 1, maxLength: 64 });
const fields = {
  description: Text,
  root_domain: Type.Optional(Nullable(Type.String({ maxLength: 190 }))),
  registration_hook: Type.Optional(Nullable(HookIn)),
  ms_teams_fqdn: Text,
};

export const NewProviderBody = Type.Object({ name: Name, ...fields }, strict);
export const ProviderChangeBody = Type.Object({ name: Type.Optional(Name), ...fields }, strict);
export type ProviderFields = Static<typeof ProviderChangeBody>;

const ShownText = Nullable(Type.String());

export const ProviderBody = Type.Object({
  service_provider_sid: SidField,
  name: Type.String(),
  description: ShownText,
  root_domain: ShownText,
  ms_teams_fqdn: ShownText,
  registration_hook: HookOut,
});
