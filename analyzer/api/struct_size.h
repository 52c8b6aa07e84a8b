/* struct_size.h: structs that callers fill in, from programs that were compiled against another
 * version of the header. They begin with the size that the struct had there. */
#ifndef API_STRUCT_SIZE_H
#define API_STRUCT_SIZE_H

#include "base/error.h"

#include <string.h>

/* Sizes in the first version that was released: up to and with the last field it had. Fields that
 * are added later do not change them. */
#define SIZE_WITH(type, field) (offsetof(type, field) + sizeof(((type *)0)->field))
#define WHOSAID_OPTIONS_SIZE_1 SIZE_WITH(whosaid_options, explain)
#define WHOSAID_INPUT_SIZE_1 SIZE_WITH(whosaid_input, outlet)
#define WHOSAID_RUN_SIZE_1 SIZE_WITH(whosaid_run, context)
#define WHOSAID_REPORT_OPTIONS_SIZE_1 SIZE_WITH(whosaid_report_options, raw_cells)

/* Copies the fields that both sides know from `from` into the `to` of this version, whose other
 * fields keep their defaults. least: the size of the first version of the struct. Errors: USAGE. */
static inline whosaid_status struct_take(void *to, size_t to_size, const void *from, size_t least,
                                         const char *type, whosaid_error *err) {
    size_t from_size;
    if (!from) return error_set(err, WHOSAID_USAGE, NULL, 0, "%s is NULL", type);
    memcpy(&from_size, from, sizeof from_size);
    if (from_size < least)
        return error_set(err, WHOSAID_USAGE, NULL, 0,
                         "%s.struct_size is not set: begin with %s_default()", type, type);
    memcpy(to, from, from_size < to_size ? from_size : to_size);
    return WHOSAID_OK;
}

#endif
