/* sparse_rows.h: rows of feature numbers (each present or absent), the form of all training data
 * here. Grows by appending rows. */
#ifndef LEARN_SPARSE_ROWS_H
#define LEARN_SPARSE_ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct sparse_rows {
    uint32_t *ids;    /* of all rows, one after the other */
    uint64_t *starts; /* [count + 1] */
    size_t count, id_capacity, row_capacity;
} sparse_rows;

/* Appends a row. Returns false when memory is out. */
bool sparse_rows_add(sparse_rows *rows, const uint32_t *ids, size_t count);
void sparse_rows_free(sparse_rows *rows);

static inline const uint32_t *sparse_row(const sparse_rows *rows, size_t row, size_t *count) {
    *count = (size_t)(rows->starts[row + 1] - rows->starts[row]);
    return rows->ids + rows->starts[row];
}

#endif
