#include "learn/word_clusters.h"

#include "learn/parallel.h"
#include "learn/random.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    CONTEXT_WORDS = 3000, /* the most frequent words serve as contexts */
    POSITIONS = 4,
    COLUMNS = CONTEXT_WORDS * POSITIONS,
    DIMENSIONS = 100,
    SUBSPACE = 110, /* some more than DIMENSIONS, for accuracy */
    POWER_STEPS = 4,
    KMEANS_STEPS = 25
};
static const int OFFSETS[POSITIONS] = {-2, -1, 1, 2};

/* Sparse matrix by rows: word x (position, context word). */
typedef struct matrix {
    size_t rows;
    uint64_t *starts; /* [rows + 1] */
    uint32_t *columns;
    float *values;
} matrix;

static int compare_pairs(const void *a, const void *b) {
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

/* Every co-occurrence as row << 32 | column, sorted. NULL when memory is out. */
static uint64_t *collect_pairs(const uint32_t *words, size_t count, size_t vocabulary,
                               size_t *pair_count) {
    uint64_t *pairs = malloc((count * POSITIONS + 1) * sizeof *pairs);
    if (!pairs) return NULL;
    size_t n = 0;
    for (size_t i = 0; i < count; i++) {
        if (words[i] >= vocabulary) continue;
        for (int p = 0; p < POSITIONS; p++) {
            size_t j = i + (size_t)OFFSETS[p]; /* wraps below 0 to far above count */
            if (j >= count || words[j] >= CONTEXT_WORDS) continue;
            pairs[n++] = (uint64_t)words[i] << 32 | (words[j] + (uint32_t)p * CONTEXT_WORDS);
        }
    }
    qsort(pairs, n, sizeof *pairs, compare_pairs);
    *pair_count = n;
    return pairs;
}

static void matrix_free(matrix *m) {
    free(m->starts);
    free(m->columns);
    free(m->values);
}

/* Counts of equal pairs become the values. */
static bool matrix_fill(matrix *m, const uint64_t *pairs, size_t pair_count, size_t rows) {
    m->rows = rows;
    m->starts = calloc(rows + 1, sizeof *m->starts);
    m->columns = malloc((pair_count + 1) * sizeof *m->columns);
    m->values = malloc((pair_count + 1) * sizeof *m->values);
    if (!m->starts || !m->columns || !m->values) return false;
    size_t n = 0;
    for (size_t i = 0; i < pair_count; n++) {
        size_t j = i;
        while (j < pair_count && pairs[j] == pairs[i])
            j++;
        m->columns[n] = (uint32_t)pairs[i];
        m->values[n] = (float)(j - i);
        m->starts[(pairs[i] >> 32) + 1] = n + 1;
        i = j;
    }
    for (size_t r = 0; r < rows; r++)
        if (m->starts[r + 1] < m->starts[r]) m->starts[r + 1] = m->starts[r];
    return true;
}

/* Counts become max(0, log(P(row, column) / (P(row) P(column)^.75 / sum))). */
static bool matrix_to_information(matrix *m) {
    double *columns = calloc(COLUMNS, sizeof *columns);
    if (!columns) return false;
    for (size_t i = 0; i < m->starts[m->rows]; i++)
        /* NOLINTNEXTLINE(clang-analyzer-core.uninitialized.ArraySubscript): filled up to there */
        columns[m->columns[i]] += m->values[i];
    double total = 0;
    for (int c = 0; c < COLUMNS; c++)
        total += columns[c] = pow(columns[c], 0.75);
    for (size_t r = 0; r < m->rows; r++) {
        double row = 0;
        for (uint64_t i = m->starts[r]; i < m->starts[r + 1]; i++)
            row += m->values[i];
        for (uint64_t i = m->starts[r]; i < m->starts[r + 1]; i++) {
            double expected = row * columns[m->columns[i]] / total;
            m->values[i] = (float)fmax(0, log(m->values[i] / expected));
        }
    }
    free(columns);
    return true;
}

/* tall[rows][SUBSPACE] = M wide[COLUMNS][SUBSPACE] */
static void multiply(const matrix *m, const float *wide, float *tall) {
    memset(tall, 0, m->rows * SUBSPACE * sizeof *tall);
    for (size_t r = 0; r < m->rows; r++) {
        float *to = tall + r * SUBSPACE;
        for (uint64_t i = m->starts[r]; i < m->starts[r + 1]; i++) {
            const float *from = wide + (size_t)m->columns[i] * SUBSPACE;
            for (int k = 0; k < SUBSPACE; k++)
                to[k] += m->values[i] * from[k];
        }
    }
}

/* wide = M' tall */
static void multiply_transposed(const matrix *m, const float *tall, float *wide) {
    memset(wide, 0, (size_t)COLUMNS * SUBSPACE * sizeof *wide);
    for (size_t r = 0; r < m->rows; r++) {
        const float *from = tall + r * SUBSPACE;
        for (uint64_t i = m->starts[r]; i < m->starts[r + 1]; i++) {
            float *to = wide + (size_t)m->columns[i] * SUBSPACE;
            for (int k = 0; k < SUBSPACE; k++)
                to[k] += m->values[i] * from[k];
        }
    }
}

/* Makes the columns of tall[rows][SUBSPACE] orthonormal (modified Gram and Schmidt). */
static void orthonormalize(float *tall, size_t rows) {
    for (int k = 0; k < SUBSPACE; k++) {
        double products[SUBSPACE] = {0}, norm = 0;
        for (size_t r = 0; r < rows; r++)
            norm += (double)tall[r * SUBSPACE + k] * tall[r * SUBSPACE + k];
        float scale = norm > 1e-20 ? (float)(1 / sqrt(norm)) : 0;
        for (size_t r = 0; r < rows; r++) {
            float *row = tall + r * SUBSPACE;
            row[k] *= scale;
            for (int j = k + 1; j < SUBSPACE; j++)
                products[j] += (double)row[k] * row[j];
        }
        for (size_t r = 0; r < rows; r++) {
            float *row = tall + r * SUBSPACE;
            for (int j = k + 1; j < SUBSPACE; j++)
                row[j] -= (float)products[j] * row[k];
        }
    }
}

/* Eigenvectors of the symmetric a[SUBSPACE][SUBSPACE] by Jacobi rotations; a becomes diagonal. */
static void jacobi(double a[SUBSPACE][SUBSPACE], double vectors[SUBSPACE][SUBSPACE]) {
    for (int i = 0; i < SUBSPACE; i++)
        for (int j = 0; j < SUBSPACE; j++)
            vectors[i][j] = i == j;
    for (int sweep = 0; sweep < 12; sweep++) {
        for (int p = 0; p < SUBSPACE; p++) {
            for (int q = p + 1; q < SUBSPACE; q++) {
                if (fabs(a[p][q]) < 1e-12) continue;
                double theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
                double t = (theta < 0 ? -1 : 1) / (fabs(theta) + sqrt(theta * theta + 1));
                double c = 1 / sqrt(t * t + 1), s = t * c;
                for (int k = 0; k < SUBSPACE; k++) {
                    double x = a[k][p], y = a[k][q];
                    a[k][p] = c * x - s * y;
                    a[k][q] = s * x + c * y;
                }
                for (int k = 0; k < SUBSPACE; k++) {
                    double x = a[p][k], y = a[q][k];
                    a[p][k] = c * x - s * y;
                    a[q][k] = s * x + c * y;
                    x = vectors[k][p], y = vectors[k][q];
                    vectors[k][p] = c * x - s * y;
                    vectors[k][q] = s * x + c * y;
                }
            }
        }
    }
}

/* points[rows][DIMENSIONS]: left singular vectors times the root of the singular values, each row
 * scaled to length 1. tall: an orthonormal basis, wide = M' tall. */
static bool project(const float *tall, const float *wide, size_t rows, float *points) {
    static const double LITTLE = 1e-20;
    double(*gram)[SUBSPACE] = calloc(SUBSPACE, sizeof *gram);
    double(*vectors)[SUBSPACE] = malloc(SUBSPACE * sizeof *vectors);
    int order[SUBSPACE];
    if (gram && vectors) {
        for (int c = 0; c < COLUMNS; c++) {
            const float *row = wide + (size_t)c * SUBSPACE;
            for (int i = 0; i < SUBSPACE; i++)
                for (int j = 0; j < SUBSPACE; j++)
                    gram[i][j] += (double)row[i] * row[j];
        }
        jacobi(gram, vectors);
        for (int i = 0; i < SUBSPACE; i++) {
            int at = i;
            while (at && gram[order[at - 1]][order[at - 1]] < gram[i][i]) {
                order[at] = order[at - 1];
                at--;
            }
            order[at] = i;
        }
        for (size_t r = 0; r < rows; r++) {
            double norm = LITTLE;
            float *point = points + r * DIMENSIONS;
            for (int d = 0; d < DIMENSIONS; d++) {
                double sum = 0;
                for (int k = 0; k < SUBSPACE; k++)
                    sum += (double)tall[r * SUBSPACE + k] * vectors[k][order[d]];
                double value = sum * sqrt(sqrt(fmax(0, gram[order[d]][order[d]])));
                point[d] = (float)value;
                norm += value * value;
            }
            for (int d = 0; d < DIMENSIONS; d++)
                point[d] = (float)(point[d] / sqrt(norm));
        }
    }
    bool done = gram && vectors;
    free(gram);
    free(vectors);
    return done;
}

static bool reduce(const matrix *m, float *points) {
    float *tall = malloc(m->rows * SUBSPACE * sizeof *tall);
    float *wide = malloc((size_t)COLUMNS * SUBSPACE * sizeof *wide);
    bool done = false;
    if (tall && wide) {
        random_source source = {1};
        for (size_t i = 0; i < (size_t)COLUMNS * SUBSPACE; i++)
            wide[i] = (float)(random_unit(&source) - 0.5);
        for (int step = 0; step < POWER_STEPS; step++) {
            multiply(m, wide, tall);
            orthonormalize(tall, m->rows);
            multiply_transposed(m, tall, wide);
        }
        done = project(tall, wide, m->rows, points);
    }
    free(tall);
    free(wide);
    return done;
}

typedef struct kmeans_job {
    const float *points;
    size_t rows;
    const unsigned *cluster_counts;
    uint16_t *clusters;
    bool *failed; /* [levels] */
} kmeans_job;

static float distance(const float *a, const float *b) {
    float sum[4] = {0};
    for (int d = 0; d < DIMENSIONS; d += 4)
        for (int k = 0; k < 4; k++)
            sum[k] += (a[d + k] - b[d + k]) * (a[d + k] - b[d + k]);
    return sum[0] + sum[1] + sum[2] + sum[3];
}

/* k-means++ (Arthur and Vassilvitskii 2007). nearest: scratch [rows]. */
static void choose_seeds(const kmeans_job *job, unsigned k, float *centers, float *nearest) {
    random_source source = {k};
    for (size_t r = 0; r < job->rows; r++)
        nearest[r] = 4; /* the largest on a unit sphere */
    for (unsigned c = 0; c < k; c++) {
        double total = 0;
        for (size_t r = 0; r < job->rows; r++)
            total += nearest[r];
        double at = random_unit(&source) * total;
        size_t chosen = 0;
        while (chosen + 1 < job->rows && (at -= nearest[chosen]) > 0)
            chosen++;
        float *center = centers + (size_t)c * DIMENSIONS;
        memcpy(center, job->points + chosen * DIMENSIONS, DIMENSIONS * sizeof *center);
        for (size_t r = 0; r < job->rows; r++)
            nearest[r] = fminf(nearest[r], distance(job->points + r * DIMENSIONS, center));
    }
}

static void assign_points(const kmeans_job *job, unsigned k, const float *centers, uint16_t *out) {
    for (size_t r = 0; r < job->rows; r++) {
        float best = INFINITY;
        for (unsigned c = 0; c < k; c++) {
            float d = distance(job->points + r * DIMENSIONS, centers + (size_t)c * DIMENSIONS);
            if (d < best) {
                best = d;
                out[r] = (uint16_t)c;
            }
        }
    }
}

/* An empty cluster keeps its old center. */
static void move_centers(const kmeans_job *job, unsigned k, const uint16_t *assigned,
                         float *centers, uint32_t *sizes, float *sums) {
    memset(sizes, 0, k * sizeof *sizes);
    memset(sums, 0, (size_t)k * DIMENSIONS * sizeof *sums);
    for (size_t r = 0; r < job->rows; r++) {
        const float *point = job->points + r * DIMENSIONS;
        float *sum = sums + (size_t)assigned[r] * DIMENSIONS;
        sizes[assigned[r]]++;
        for (int d = 0; d < DIMENSIONS; d++)
            sum[d] += point[d];
    }
    for (unsigned c = 0; c < k; c++)
        for (int d = 0; sizes[c] && d < DIMENSIONS; d++)
            centers[(size_t)c * DIMENSIONS + d] =
                sums[(size_t)c * DIMENSIONS + d] / (float)sizes[c];
}

static void run_kmeans(void *context, size_t level) {
    kmeans_job *job = context;
    unsigned k = job->cluster_counts[level];
    float *centers = malloc((size_t)k * DIMENSIONS * sizeof *centers);
    float *sums = malloc((size_t)k * DIMENSIONS * sizeof *sums);
    uint32_t *sizes = malloc(k * sizeof *sizes);
    float *nearest = malloc(job->rows * sizeof *nearest);
    uint16_t *out = job->clusters + level * job->rows;
    job->failed[level] = !centers || !sums || !sizes || !nearest;
    if (!job->failed[level]) {
        choose_seeds(job, k, centers, nearest);
        for (int step = 0; step < KMEANS_STEPS; step++) {
            assign_points(job, k, centers, out);
            move_centers(job, k, out, centers, sizes, sums);
        }
    }
    free(centers);
    free(sums);
    free(sizes);
    free(nearest);
}

bool word_clusters_learn(const uint32_t *words, size_t word_count, size_t vocabulary,
                         const unsigned *cluster_counts, size_t levels, unsigned threads,
                         uint16_t *clusters) {
    size_t pair_count = 0;
    matrix m = {0};
    float *points = malloc((vocabulary * DIMENSIONS + 1) * sizeof *points);
    bool *failed = calloc(levels + 1, sizeof *failed);
    uint64_t *pairs = collect_pairs(words, word_count, vocabulary, &pair_count);
    bool done = points && failed && pairs && matrix_fill(&m, pairs, pair_count, vocabulary) &&
                matrix_to_information(&m) && reduce(&m, points);
    free(pairs);
    if (done) {
        kmeans_job job = {points, vocabulary, cluster_counts, clusters, failed};
        parallel_run(levels, threads, run_kmeans, &job);
        for (size_t i = 0; i < levels; i++)
            done &= !failed[i];
    }
    matrix_free(&m);
    free(points);
    free(failed);
    return done;
}
