#include "learn/sparse_rows.h"

#include <stdlib.h>
#include <string.h>

static bool grow(void **items, size_t *capacity, size_t needed, size_t item_size) {
    if (needed <= *capacity) return true;
    size_t wanted = *capacity ? *capacity + *capacity / 2 : 1024;
    if (wanted < needed) wanted = needed;
    void *moved = realloc(*items, wanted * item_size);
    if (!moved) return false;
    *items = moved;
    *capacity = wanted;
    return true;
}

bool sparse_rows_add(sparse_rows *rows, const uint32_t *ids, size_t count) {
    size_t used = rows->count ? (size_t)rows->starts[rows->count] : 0;
    if (!grow((void **)&rows->starts, &rows->row_capacity, rows->count + 2, sizeof *rows->starts))
        return false;
    if (!grow((void **)&rows->ids, &rows->id_capacity, used + count, sizeof *rows->ids))
        return false;
    if (count) memcpy(rows->ids + used, ids, count * sizeof *ids);
    rows->starts[0] = 0;
    rows->starts[++rows->count] = used + count;
    return true;
}

void sparse_rows_free(sparse_rows *rows) {
    free(rows->ids);
    free(rows->starts);
    *rows = (sparse_rows){0};
}
