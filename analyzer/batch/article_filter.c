#include "batch/article_filter.h"

#include "read/date.h"

enum { DAY_LENGTH = FILTER_DAY_BYTES - 1 };

filter_result article_filter_period(const article_filter *filter, const article *a) {
    if (!filter->since[0] && !filter->until[0]) return FILTER_TAKES;
    if (a->date.len < DAY_LENGTH) return FILTER_UNDATED;
    bool early = filter->since[0] && memcmp(a->date.ptr, filter->since, DAY_LENGTH) < 0;
    bool late = filter->until[0] && memcmp(a->date.ptr, filter->until, DAY_LENGTH) > 0;
    return early || late ? FILTER_OUTSIDE : FILTER_TAKES;
}

bool article_filter_parse_day(const char *text, bool last, char out[FILTER_DAY_BYTES]) {
    size_t len = strlen(text);
    if (len != 4 && len != 7 && len != DAY_LENGTH) return false;
    /* What is missing, from a month that has all 31 days: days are only compared. */
    memcpy(out, "0000-01-01", FILTER_DAY_BYTES);
    memcpy(out, text, len);
    if (date_iso_prefix((text_view){out, DAY_LENGTH}) != DAY_LENGTH) return false;
    const char *rest = last ? "0000-12-31" : "0000-01-01";
    memcpy(out + len, rest + len, DAY_LENGTH - len);
    return true;
}
