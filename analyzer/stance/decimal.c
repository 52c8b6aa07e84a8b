#include "stance/decimal.h"

#include <math.h>

enum { DECIMALS = 9 };
/* A whole number below 2^53 divided by a power of ten below 10^22 is rounded correctly. */
static const double SCALE = 1e9, LIMIT = 9e6;
static const int64_t LARGEST_MANTISSA = (int64_t)1 << 53;
static const double POWERS[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};

double decimal_round(double value) {
    double whole = nearbyint(value * SCALE);
    return whole == 0 ? 0 : whole / SCALE;
}

size_t decimal_write(double value, char out[DECIMAL_MAX_BYTES]) {
    double rounded = nearbyint(fabs(value) * SCALE);
    if (!(rounded < LIMIT * SCALE)) rounded = LIMIT * SCALE - 1;
    uint64_t digits = (uint64_t)rounded, whole = digits / (uint64_t)SCALE;
    uint64_t fraction = digits % (uint64_t)SCALE;
    size_t len = 0, decimals = DECIMALS;
    if (value < 0 && digits) out[len++] = '-';
    char reversed[DECIMAL_MAX_BYTES];
    size_t count = 0;
    do
        reversed[count++] = (char)('0' + whole % 10);
    while (whole /= 10);
    while (count)
        out[len++] = reversed[--count];
    if (fraction == 0) return len;
    for (; fraction % 10 == 0; fraction /= 10)
        decimals--;
    out[len] = '.';
    for (size_t i = decimals; i > 0; i--, fraction /= 10)
        out[len + i] = (char)('0' + fraction % 10);
    return len + decimals + 1;
}

bool decimal_read(const char **at, const char *end, double *out) {
    const char *p = *at;
    bool negative = p < end && *p == '-';
    p += negative;
    int64_t mantissa = 0;
    size_t digits = 0, decimals = 0;
    bool point = false;
    for (; p < end && (ascii_is_digit((unsigned char)*p) || (*p == '.' && !point)); p++) {
        if (*p == '.') {
            point = true;
            continue;
        }
        mantissa = mantissa * 10 + (*p - '0');
        digits++;
        decimals += point;
        if (decimals > DECIMALS || mantissa > LARGEST_MANTISSA) return false;
    }
    if (digits == 0) return false;
    *out = (negative ? -1 : 1) * ((double)mantissa / POWERS[decimals]);
    *at = p;
    return true;
}
