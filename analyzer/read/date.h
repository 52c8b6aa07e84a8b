/* date.h: dates as news articles write them, to ISO 8601. */
#ifndef READ_DATE_H
#define READ_DATE_H

#include "base/arena.h"

/* Length of the ISO 8601 date (2024-09-11, optionally with a time: 2024-09-11T08:30:00Z) at the
 * beginning of `text`, or 0. The day must exist. */
size_t date_iso_prefix(text_view text);

/* `text` as an ISO 8601 date: ISO as it is (a blank before the time becomes a T), 20240911,
 * "September 11, 2024", "Sept. 11, 2024", "Wed, 11 Sep 2024 08:30 GMT" (time dropped). Empty when
 * it is none of these, or ambiguous (09/11/2024). In `memory`; ptr NULL when memory is out. */
text_view date_to_iso(arena *memory, text_view text);

#endif
