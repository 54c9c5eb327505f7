import type { ListedNumber, Owned } from '../../../core/estate/index.ts';

export const presentPhoneNumber = ({ item, owner }: Owned<ListedNumber>) => ({
  phone_number_sid: item.sid,
  number: item.number,
  voip_carrier_sid: item.trunkSid ?? null,
  account_sid: owner.accountSid ?? null,
  application_sid: item.applicationSid ?? null,
  service_provider_sid: owner.accountSid ? null : owner.operatorSid,
});
