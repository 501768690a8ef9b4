// Days of the calendar as people write them in playbooks and configurations: `YYYY-MM-DD`.

/** The form of a day, whether or not there is such a day. */
export const DATE = /^\d{4}-\d{2}-\d{2}$/

/** Whether a text in this form is a day of the calendar. */
export function isDate(text: string): boolean {
  if (!DATE.test(text)) return false
  const date = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
}
