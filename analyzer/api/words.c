/* Words for the public enumerations, and the version. */
#include "article.h"

#include <assert.h>

static_assert((int)WHOSAID_TYPE_MIXED == (int)QUOTE_MIXED, "one numbering of types");
static_assert((int)WHOSAID_KIND_ATTITUDE == (int)KIND_ATTITUDE, "one numbering of kinds");
static_assert((int)WHOSAID_GRADE_UNATTRIBUTED == (int)ANONYMITY_UNATTRIBUTED,
              "one numbering of grades");

const char *whosaid_version(void) {
    return WHOSAID_VERSION;
}

const char *whosaid_type_name(whosaid_type type) {
    return (unsigned)type <= WHOSAID_TYPE_MIXED ? quote_type_name((quote_type)type) : NULL;
}

const char *whosaid_kind_name(whosaid_kind kind) {
    return (unsigned)kind <= WHOSAID_KIND_ATTITUDE ? statement_kind_name((statement_kind)kind)
                                                   : NULL;
}

const char *whosaid_grade_name(whosaid_grade grade) {
    return (unsigned)grade <= WHOSAID_GRADE_UNATTRIBUTED
               ? anonymity_grade_name((anonymity_grade)grade)
               : NULL;
}
