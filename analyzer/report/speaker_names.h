/* speaker_names.h: which speakers a statement counts for, in tables over many articles: persons
 * with a name and institutions, each part of a joint source ("Ada Cole; Ben Dunn") by itself. A
 * source without a name is left out: "an official" of two articles is not one speaker. */
#ifndef REPORT_SPEAKER_NAMES_H
#define REPORT_SPEAKER_NAMES_H

#include "article.h"

static inline bool speaker_is_known(anonymity_grade grade) {
    return grade == ANONYMITY_NAMED || grade == ANONYMITY_INSTITUTION;
}

/* Takes the next name off *names; false at the end. */
static inline bool speaker_names_next(text_view *names, text_view *one) {
    while (names->len) {
        size_t end = 0;
        while (end < names->len && names->ptr[end] != ';')
            end++;
        *one = view_trim(view_slice(*names, 0, end));
        *names = view_slice(*names, end < names->len ? end + 1 : end, names->len);
        if (one->len) return true;
    }
    return false;
}

#endif
