/* decimal.h: numbers in text files, the same for every locale: at most 9 decimals. */
#ifndef STANCE_DECIMAL_H
#define STANCE_DECIMAL_H

#include "base/text_view.h"

#define DECIMAL_MAX_BYTES 32

/* Writes value, rounded to 9 decimals, without trailing zeros; returns the length, no NUL.
 * |value| must be below 9 million. */
size_t decimal_write(double value, char out[DECIMAL_MAX_BYTES]);

/* The value that decimal_write would write, as decimal_read reads it. */
double decimal_round(double value);

/* Reads "-12.345" (no exponent, at most 9 decimals, up to 2^53 without the point) from *at; moves
 * *at behind it. False when there is no such number. Exactly the double that strtod gives. */
bool decimal_read(const char **at, const char *end, double *out);

/* Reads "123", digits only, from 1 to limit; at most 10 of them. */
bool decimal_read_count(const char **at, const char *end, size_t limit, size_t *out);

#endif
