#include "stance/decimal.h"

#include <math.h>
#include <string.h>

enum { DECIMALS = 9, AT_ONCE = 8, COUNT_DIGITS = 10 };
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

/* How many of the 8 bytes are digits before the first that is none; *value: what these say. A digit
 * less '0' is at most 9, so that adding 0x76 leaves its highest bit alone. Then neighbours are put
 * together: digits to pairs, pairs to fours, fours to eight. */
static size_t read_eight(const char *at, uint64_t *value) {
    uint64_t bytes;
    memcpy(&bytes, at, sizeof bytes);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    bytes = __builtin_bswap64(bytes);
#endif
    bytes ^= 0x3030303030303030u;
    uint64_t others = ((bytes + 0x7676767676767676u) | bytes) & 0x8080808080808080u;
    size_t count = others ? (size_t)__builtin_ctzll(others) / 8 : AT_ONCE;
    *value = 0;
    if (count == 0) return 0;
    bytes <<= 8 * (AT_ONCE - count);
    bytes = bytes * 10 + (bytes >> 8);
    bytes = ((bytes & 0x000000FF000000FFu) * 0x000F424000000064u +
             ((bytes >> 16) & 0x000000FF000000FFu) * 0x0000271000000001u) >>
            32;
    *value = bytes;
    return count;
}

/* "D.DDD" with one to nine decimals, as most numbers of a model are; false for others, which
 * may be numbers nevertheless. */
static bool read_usual(const char **at, const char *end, double *out) {
    const char *p = *at;
    bool negative = p < end && *p == '-';
    p += negative;
    if (end - p < AT_ONCE + 4 || !ascii_is_digit((unsigned char)p[0]) || p[1] != '.') return false;
    uint64_t fraction;
    size_t decimals = read_eight(p + 2, &fraction);
    const char *behind = p + 2 + decimals;
    if (decimals == AT_ONCE && ascii_is_digit((unsigned char)*behind)) {
        fraction = fraction * 10 + (uint64_t)(*behind++ - '0');
        decimals++;
    }
    if (decimals == 0 || ascii_is_digit((unsigned char)*behind)) return false;
    static const int64_t units[] = {1,      10,      100,      1000,      10000,
                                    100000, 1000000, 10000000, 100000000, 1000000000};
    int64_t mantissa = (*p - '0') * units[decimals] + (int64_t)fraction;
    *out = (negative ? -1 : 1) * ((double)mantissa / POWERS[decimals]);
    *at = behind;
    return true;
}

bool decimal_read_count(const char **at, const char *end, size_t limit, size_t *out) {
    const char *p = *at, *stop = end - p > COUNT_DIGITS ? p + COUNT_DIGITS : end;
    size_t value = 0;
    for (unsigned digit; p < stop && (digit = (unsigned)(*p - '0')) <= 9; p++)
        value = value * 10 + digit;
    *at = p;
    *out = value;
    return value > 0 && value <= limit;
}

bool decimal_read(const char **at, const char *end, double *out) {
    if (read_usual(at, end, out)) return true;
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
