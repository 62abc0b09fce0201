'use strict';

/* Dates and times as the database writes them: read exactly, and shown as the person's language and time zone have them. */
{
  const STAMP =
    /^(\d{4,})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d):(\d\d)(?:\.(\d+))?)?(?:(Z)|([+-])(\d\d)(?::?(\d\d))?(?::?(\d\d))?)?( BC)?$/;
  const FARTHEST = 8.64e12; // seconds that a Date of JavaScript reaches

  /* Days since 1970 in the Gregorian calendar, for any year. */
  function days(year, month, day) {
    const y = month > 2 ? year : year - 1;
    const era = Math.floor(y / 400);
    const ofEra = y - era * 400;
    const ofYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
    return era * 146097 + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - 719468;
  }

  /*
   * Seconds since 1970, as a whole number; of a time without zone as if it were UTC. fraction: digits behind the second.
   * null where the text is no such time: infinity, a year that is cut.
   */
  function parse(text) {
    const found = STAMP.exec(text);
    if (found === null) {
      return null;
    }
    const [, year, month, day, hour = 0, minute = 0, second = 0, fraction = '', , sign, h = 0, m = 0, s = 0, before] = found;
    const offset = (sign === '-' ? -1 : 1) * (h * 3600 + m * 60 + Number(s));
    const own = days(before ? 1 - year : Number(year), Number(month), Number(day));
    return { seconds: own * 86400 + hour * 3600 + minute * 60 + Number(second) - offset, fraction };
  }

  const SHAPES = {
    date: { dateStyle: 'medium', timeZone: 'UTC' },
    'local-time': { dateStyle: 'medium', timeStyle: 'medium', timeZone: 'UTC' },
    time: { dateStyle: 'medium', timeStyle: 'medium' },
    moment: { dateStyle: 'long', timeStyle: 'short' },
  };

  class Dates {
    constructor(locale) {
      const format = shape => new Intl.DateTimeFormat(locale, { ...shape, calendar: 'gregory' });
      this.formats = Object.fromEntries(Object.entries(SHAPES).map(([kind, shape]) => [kind, format(shape)]));
      this.zone = this.formats.time.resolvedOptions().timeZone;
    }

    static tells(kind) {
      return kind === 'date' || kind === 'time' || kind === 'local-time';
    }

    /* kind: of a column, or moment. null where the text is best shown as it stands: before the year 1, infinity. */
    show(kind, text) {
      const time = parse(text);
      if (time === null || text.endsWith('BC') || time.seconds > FARTHEST) {
        return null;
      }
      return this.formats[kind].format(new Date(time.seconds * 1000));
    }
  }

  exeunt.Dates = Dates;
  exeunt.parseTime = parse;
}
