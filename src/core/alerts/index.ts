export {
  type Alert,
  type AlertKind,
  type AlertPage,
  type AlertQuery,
  alertKinds,
  type ListedAlert,
  type NewAlert,
} from './alert.ts';
export type { AlertStore } from './alert-store.ts';
export { createAlerts } from './create-alerts.ts';
export type { Alerts } from './service.ts';
