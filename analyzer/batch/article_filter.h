/* article_filter.h: which articles of the input a run is about. */
#ifndef BATCH_ARTICLE_FILTER_H
#define BATCH_ARTICLE_FILTER_H

#include "article.h"
#include "read/shard.h"

enum { FILTER_DAY_BYTES = sizeof "2024-09-11" };

typedef struct article_filter {
    shard part;
    /* First and last day, as in "2024-09-11"; empty: no bound. */
    char since[FILTER_DAY_BYTES], until[FILTER_DAY_BYTES];
} article_filter;

typedef enum filter_result {
    FILTER_TAKES,
    FILTER_OUTSIDE, /* of another period */
    FILTER_UNDATED  /* the period is bounded, and the article's date is not known */
} filter_result;

/* Whether the article's date lies in the period. */
filter_result article_filter_period(const article_filter *filter, const article *a);

/* The first or last day of "2024", "2024-09" or "2024-09-11". False when it is none of these. */
bool article_filter_parse_day(const char *text, bool last, char out[FILTER_DAY_BYTES]);

#endif
