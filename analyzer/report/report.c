#include "report/report.h"

static const report_format formats[] = {
    {"csv", csv_report_begin, csv_report_article},
    {"jsonl", jsonl_report_begin, jsonl_report_article},
};

const report_format *report_format_find(const char *wanted) {
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (strcmp(formats[i].name, wanted) == 0) return &formats[i];
    return NULL;
}

const char *report_format_names(void) {
    return "csv, jsonl";
}
