/* WARC 1.0 and 1.1 (ISO 28500): records of a head, a block of Content-Length bytes, and two line
 * ends. Only what holds a web page is handed out: responses of HTTP with status 200, and resources;
 * everything else is passed over without a word.
 *
 * A length that lies shows by what follows the block. Then the record is refused, and reading goes
 * on at the next line that begins a record, also where that is inside the block. */
#include "base/error.h"
#include "read/http_message.h"
#include "read/record_cutter.h"

enum { HEAD_LINE_MAX = 1 << 16, HEAD_LINES_MAX = 1000, BLOCK_MAX_MIB = 64 };

static const text_view version = {"WARC/1.", 7};

typedef struct warc_head {
    bool is_response, is_resource;
    bool has_length;
    uint64_t length;
    text_view content_type; /* of the block, in the cutter's scratch */
} warc_head;

/* The next line, without its line end, in cutter->scratch from *begin. Over-long lines come in
 * pieces. */
static whosaid_status take_line(record_cutter *cutter, size_t *begin, bool *found,
                                whosaid_error *err) {
    *begin = cutter->scratch.len;
    whosaid_status status =
        chunk_reader_line(&cutter->reader, &cutter->scratch, HEAD_LINE_MAX, found, err);
    if (status == WHOSAID_LIMIT && (!err || err->code == WHOSAID_OK)) {
        text_view ready; /* drop what is too long and go on behind it */
        *found = true;
        status = chunk_reader_peek(&cutter->reader, &ready, err);
        if (status == WHOSAID_OK) chunk_reader_skip(&cutter->reader, ready.len);
    }
    size_t len = cutter->scratch.len;
    if (len > *begin && cutter->scratch.data[len - 1] == '\r') cutter->scratch.len--;
    return status;
}

static text_view line_from(const record_cutter *cutter, size_t begin) {
    return view_slice(buffer_view(&cutter->scratch), begin, cutter->scratch.len);
}

static bool begins_record(text_view line) {
    return view_starts_with(line, version);
}

/* Moves behind the line that begins the next record. */
static whosaid_status find_record(record_cutter *cutter, bool *found, bool *goes_on,
                                  whosaid_error *err) {
    for (;;) {
        cutter->scratch.len = 0;
        size_t begin;
        whosaid_status status = take_line(cutter, &begin, found, err);
        if (status != WHOSAID_OK || !*found) return status;
        text_view line = line_from(cutter, begin);
        if (begins_record(line)) {
            cutter->lost = false;
            return WHOSAID_OK;
        }
        if (line.len == 0 || cutter->lost) continue;
        cutter->lost = *goes_on = true;
        return error_set(err, WHOSAID_SYNTAX, cutter->path.data, cutter->line + 1,
                         "is no WARC record here; reading goes on at the next one");
    }
}

static bool parse_length(text_view digits, uint64_t *out) {
    *out = 0;
    for (size_t i = 0; i < digits.len; i++) {
        if (!ascii_is_digit((unsigned char)digits.ptr[i]) || i >= 18) return false;
        *out = *out * 10 + (uint64_t)(digits.ptr[i] - '0');
    }
    return digits.len > 0;
}

static bool read_field(warc_head *head, raw_record *record, text_view line) {
    const char *colon = line.len ? memchr(line.ptr, ':', line.len) : NULL;
    if (!colon) return true; /* a folded line, or nothing of interest */
    text_view field = view_slice(line, 0, (size_t)(colon - line.ptr));
    text_view value = view_trim(view_slice(line, field.len + 1, line.len));
    if (view_equal_ignoring_case(field, VIEW("WARC-Type"))) {
        head->is_response = view_equal_ignoring_case(value, VIEW("response"));
        head->is_resource = view_equal_ignoring_case(value, VIEW("resource"));
    } else if (view_equal_ignoring_case(field, VIEW("Content-Length"))) {
        head->has_length = parse_length(value, &head->length);
    } else if (view_equal_ignoring_case(field, VIEW("Content-Type"))) {
        head->content_type = value;
    } else if (view_equal_ignoring_case(field, VIEW("WARC-Target-URI"))) {
        if (value.len > 2 && value.ptr[0] == '<') value = view_slice(value, 1, value.len - 1);
        record->id.len = 0;
        return buffer_append_view(&record->id, value);
    }
    return true;
}

static whosaid_status read_head(record_cutter *cutter, warc_head *head, raw_record *record,
                                whosaid_error *err) {
    *head = (warc_head){.content_type = VIEW("")};
    record->id.len = 0;
    for (int lines = 0; lines < HEAD_LINES_MAX; lines++) {
        size_t begin;
        bool found;
        cutter->scratch.len = 0;
        whosaid_status status = take_line(cutter, &begin, &found, err);
        if (status != WHOSAID_OK) return status;
        text_view line = line_from(cutter, begin);
        if (!found || line.len == 0) break;
        text_view type_before = head->content_type;
        if (!read_field(head, record, line)) return error_no_memory(err);
        if (head->content_type.ptr != type_before.ptr) {
            /* Only this much must outlive the line. */
            bool is_page = http_is_page(head->content_type);
            head->content_type = is_page ? VIEW("text/html") : VIEW("");
        }
    }
    return WHOSAID_OK;
}

/* The rest of the block from the first line that begins a record, or that ends too early to tell;
 * empty when there is none. */
static text_view find_inside(text_view block) {
    for (size_t at = 0; at < block.len;) {
        const char *newline = memchr(block.ptr + at, '\n', block.len - at);
        if (!newline) break;
        at = (size_t)(newline - block.ptr) + 1;
        text_view rest = view_slice(block, at, block.len);
        size_t len = rest.len < version.len ? rest.len : version.len;
        if (view_equal(view_slice(rest, 0, len), view_slice(version, 0, len))) return rest;
    }
    return VIEW("");
}

static whosaid_status refuse_record(record_cutter *cutter, text_view block, bool *goes_on,
                                    const char *reason, whosaid_error *err) {
    text_view next = find_inside(block);
    whosaid_status status =
        next.len ? chunk_reader_put_back(&cutter->reader, next, err) : WHOSAID_OK;
    if (status != WHOSAID_OK) return status;
    cutter->lost = *goes_on = true;
    return error_set(err, WHOSAID_SYNTAX, cutter->path.data, cutter->line,
                     "%s; reading goes on at the next WARC record", reason);
}

/* Two line ends follow a block, or the end of the file. What is there stays unread. */
static whosaid_status ends_well(record_cutter *cutter, bool *well, whosaid_error *err) {
    *well = true;
    for (int i = 0; i < 4; i++) {
        text_view ready;
        whosaid_status status = chunk_reader_peek(&cutter->reader, &ready, err);
        if (status != WHOSAID_OK) return status;
        if (ready.len == 0) return WHOSAID_OK;
        char c = ready.ptr[0];
        if (c != '\r' && c != '\n') {
            *well = i > 0 && c == version.ptr[0]; /* some writers leave one line end out */
            return WHOSAID_OK;
        }
        chunk_reader_skip(&cutter->reader, 1);
    }
    return WHOSAID_OK;
}

static whosaid_status take_block(record_cutter *cutter, const warc_head *head, buffer *out,
                                 bool *goes_on, whosaid_error *err) {
    if (!head->has_length)
        return refuse_record(cutter, VIEW(""), goes_on, "has no Content-Length", err);
    if (out && head->length > (uint64_t)BLOCK_MAX_MIB << 20)
        return refuse_record(cutter, VIEW(""), goes_on, "is larger than 64 MiB by its length", err);
    uint64_t got;
    bool well;
    whosaid_status status = chunk_reader_take(&cutter->reader, out, head->length, &got, err);
    if (status != WHOSAID_OK) return status;
    text_view block = out ? buffer_view(out) : VIEW("");
    if (got < head->length)
        return refuse_record(cutter, block, goes_on, "is shorter than its Content-Length", err);
    status = ends_well(cutter, &well, err);
    if (status != WHOSAID_OK || well) return status;
    return refuse_record(cutter, block, goes_on, "has a wrong Content-Length", err);
}

/* True for a page that the record reader should see. */
static bool holds_page(const warc_head *head, text_view block) {
    http_message message;
    if (head->is_resource) return head->content_type.len > 0;
    return http_message_parse(block, &message) && message.status == 200 &&
           http_is_page(message.content_type);
}

whosaid_status cut_warc_record(record_cutter *cutter, raw_record *record, bool *found,
                               bool *goes_on, whosaid_error *err) {
    for (;;) {
        warc_head head;
        whosaid_status status = find_record(cutter, found, goes_on, err);
        if (status != WHOSAID_OK || !*found) return status;
        cutter->line++;
        status = read_head(cutter, &head, record, err);
        if (status != WHOSAID_OK) return status;
        bool wanted = head.is_response || head.is_resource;
        record->bytes.len = 0;
        status = take_block(cutter, &head, wanted ? &record->bytes : NULL, goes_on, err);
        if (status != WHOSAID_OK) return status;
        if (!wanted || !holds_page(&head, buffer_view(&record->bytes))) continue;
        record->kind = head.is_resource ? RECORD_HTML : RECORD_HTTP_RESPONSE;
        record->line = cutter->line;
        return WHOSAID_OK;
    }
}
