export { type CalendarFeature, createCalendarFeature, readCalendar } from './service.ts';
