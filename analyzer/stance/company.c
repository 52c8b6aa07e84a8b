#include "stance/company.h"

#include "base/hash.h"
#include "stance/target.h"

#include <stdlib.h>

uint64_t company_voice(uint64_t article, text_view speaker_name) {
    if (speaker_name.len == 0) return 0;
    uint64_t voice = hash_mix(hash_view(speaker_name), article);
    return voice ? voice : 1;
}

typedef struct seat {
    uint64_t voice;
    size_t statement;
} seat;

static int compare_seats(const void *a, const void *b) {
    const seat *x = a, *y = b;
    if (x->voice != y->voice) return x->voice < y->voice ? -1 : 1;
    return x->statement < y->statement ? -1 : x->statement > y->statement;
}

/* The statements of one speaker. */
static void lean_together(double weight, const seat *seats, size_t count, size_t labels,
                          double *margins) {
    double sums[TARGET_MAX_LABELS] = {0};
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < labels; k++)
            sums[k] += margins[seats[i].statement * labels + k];
    for (size_t i = 0; i < count; i++) {
        double *own = margins + seats[i].statement * labels;
        for (size_t k = 0; k < labels; k++) {
            double mean = (sums[k] - own[k]) / (double)(count - 1);
            own[k] = (own[k] + weight * mean) / (1 + weight);
        }
    }
}

bool company_lean(double weight, const uint64_t *voices, size_t count, size_t labels,
                  double *margins, arena *scratch) {
    if (weight <= 0 || count < 2) return true;
    arena_mark mark = arena_save(scratch);
    seat *seats = arena_alloc_raw(scratch, count, sizeof *seats);
    if (!seats) return false;
    size_t known = 0;
    for (size_t i = 0; i < count; i++)
        if (voices[i]) seats[known++] = (seat){voices[i], i};
    if (known) qsort(seats, known, sizeof *seats, compare_seats);
    for (size_t first = 0, end; first < known; first = end) {
        for (end = first + 1; end < known && seats[end].voice == seats[first].voice;)
            end++;
        if (end - first > 1) lean_together(weight, seats + first, end - first, labels, margins);
    }
    arena_restore(scratch, mark);
    return true;
}
