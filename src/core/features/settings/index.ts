export {
  type SettingsFeature,
  createSettingsFeature,
  defaultSettings,
  readSettings,
  storeSettings,
} from './service.ts';
