/* interrupt.h: SIGINT and SIGTERM end a long run in order. The first one makes its source end, so
 * that what is in work is finished and the report is whole as far as it goes; the second one kills
 * the program at once. A signal that the caller of the program wants ignored stays so. */
#ifndef CLI_INTERRUPT_H
#define CLI_INTERRUPT_H

#include "read/article_source.h"

typedef struct interrupt interrupt;

/* From now on, for the threads that are started from here. To be called before they are.
 * source: borrowed until interrupt_end. quiet: no word when it happens. NULL when there is no
 * thread or memory for it: then signals do what they always do. */
interrupt *interrupt_begin(article_source *source, bool quiet);

/* Signals do again what they did before. True when one came. Accepts NULL. */
bool interrupt_end(interrupt *i);

#endif
