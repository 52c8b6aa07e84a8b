/* What of a corpus a format has no place for. */
#include "corpus/convert.h"

corpus_losses corpus_losses_of(const corpus *c, corpus_format format) {
    corpus_losses lost = {0};
    bool is_brat = format == CORPUS_FORMAT_BRAT, is_csv = format == CORPUS_FORMAT_CSV;
    for (size_t i = 0; i < corpus_size(c); i++) {
        const annotated_article *a = corpus_article(c, i);
        lost.titles += is_brat && a->title.len;
        lost.dates += is_brat && a->date.len;
        lost.outlets += is_brat && a->outlet.len;
        lost.notes += (is_brat || is_csv) && a->note.len;
        lost.articles += is_csv && a->quote_count == 0;
    }
    return lost;
}
