/* jsonl_form.h: how JSON Lines are written, for all that write them: scores have four significant
 * digits, and what is read and written again is the same. */
#ifndef REPORT_JSONL_FORM_H
#define REPORT_JSONL_FORM_H

#include <jansson.h>

enum { JSONL_DUMP_FLAGS = JSON_COMPACT | JSON_REAL_PRECISION(4) };

#endif
