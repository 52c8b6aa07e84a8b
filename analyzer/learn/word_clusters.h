/* word_clusters.h: classes of words that stand in like neighbourhoods, learned from plain token
 * streams: positive pointwise mutual information with the words at -2, -1, +1, +2 (contexts
 * smoothed by the power 0.75, Levy, Goldberg and Dagan 2015), reduced to DIMENSIONS by randomised
 * subspace iteration (Halko, Martinsson and Tropp 2011), and k-means (k-means++ seeds). */
#ifndef LEARN_WORD_CLUSTERS_H
#define LEARN_WORD_CLUSTERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* words: the vocabulary numbers 0..vocabulary-1 of a token stream, ordered by falling frequency;
 * UINT32_MAX where the token is not in the vocabulary. Writes a cluster number below
 * cluster_counts[k] for each word to clusters[k * vocabulary + word]. The result depends on the
 * input only, not on `threads`. Returns false when memory is out. */
bool word_clusters_learn(const uint32_t *words, size_t word_count, size_t vocabulary,
                         const unsigned *cluster_counts, size_t levels, unsigned threads,
                         uint16_t *clusters);

#endif
