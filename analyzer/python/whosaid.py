"""Who said what in news articles, how openly, and where they stand.

A thin layer over the shared library libwhosaid: no build step, nothing but the standard library.

    import whosaid

    with whosaid.Analyzer() as analyzer:
        for article in analyzer.score_paths(["articles/"]):
            for statement in article["statements"]:
                print(statement["speaker"], statement["quote"])
        table = analyzer.frame(["articles/"])      # one row a statement and target

Articles are dictionaries. Spans are (begin, end) in code points, so that
article["text"][begin:end] is what they stand for. `frame` gives a pandas.DataFrame where pandas is
installed, else a list of dictionaries with the same keys.

    python3 -m whosaid articles/ > report.jsonl
"""

import collections
import ctypes
import glob
import json
import os
import sys

__all__ = ["Analyzer", "COLUMNS", "Error", "version", "TARGETS_ALL"]

SOVERSION = 0
TARGETS_ALL = ()


class Error(Exception):
    """A failure of the library. code: the name of the status, such as "MODEL" or "IO"."""

    def __init__(self, code, where, line, text):
        place = where + (f":{line}" if line else "")
        super().__init__(f"{place}: {text}" if place else text)
        self.code, self.where, self.line, self.text = code, where, line, text


# ---- The structs of whosaid.h ----

_STATUS = ["OK", "NO_MEMORY", "IO", "NOT_TEXT", "SYNTAX", "LIMIT", "MODEL", "USAGE", "CANCELLED"]
_CANCELLED = _STATUS.index("CANCELLED")
_text = ctypes.c_char_p


class _Struct(ctypes.Structure):
    """A struct that a caller fills in and that begins with its size."""

    def __init__(self, **fields):
        super().__init__(struct_size=ctypes.sizeof(type(self)), **fields)


class _ErrorStruct(ctypes.Structure):
    _fields_ = [("code", ctypes.c_int), ("line", ctypes.c_size_t),
                ("where", ctypes.c_char * 1024), ("text", ctypes.c_char * 256)]


class _Options(ctypes.Structure):
    _fields_ = [("struct_size", ctypes.c_size_t), ("models_folder", _text),
                ("targets", ctypes.POINTER(_text)), ("target_count", ctypes.c_size_t),
                ("min_attribution_score", ctypes.c_float), ("explain", ctypes.c_int)]


class _Target(ctypes.Structure):
    _fields_ = [("name", _text), ("question", _text), ("labels", ctypes.POINTER(_text)),
                ("label_count", ctypes.c_size_t)]


class _Span(ctypes.Structure):
    _fields_ = [("begin_byte", ctypes.c_uint32), ("end_byte", ctypes.c_uint32),
                ("begin", ctypes.c_uint32), ("end", ctypes.c_uint32)]


class _Spans(ctypes.Structure):
    _fields_ = [("items", ctypes.POINTER(_Span)), ("count", ctypes.c_size_t)]


class _Stance(ctypes.Structure):
    _fields_ = [("target", ctypes.POINTER(_Target)), ("label", _text), ("score", ctypes.c_float),
                ("scores", ctypes.POINTER(ctypes.c_float)), ("why", _text)]


class _Statement(ctypes.Structure):
    _fields_ = [("id", _text), ("type", ctypes.c_int), ("kind", ctypes.c_int),
                ("score", ctypes.c_float), ("contents", _Spans), ("cues", _Spans),
                ("sources", _Spans), ("quote", _text), ("cue", _text), ("source", _text),
                ("speaker", _text), ("role", _text), ("speaker_score", ctypes.c_float),
                ("anonymity", ctypes.c_int), ("anonymity_score", ctypes.c_float),
                ("anonymity_reason", _text), ("reason_span", _Span),
                ("paragraph", ctypes.c_size_t),
                ("stances", ctypes.POINTER(ctypes.POINTER(_Stance))),
                ("stance_count", ctypes.c_size_t)]


class _Article(ctypes.Structure):
    _fields_ = [("id", _text), ("title", _text), ("date", _text), ("outlet", _text),
                ("duplicate_of", _text), ("text", _text), ("text_len", ctypes.c_size_t),
                ("statements", ctypes.POINTER(ctypes.POINTER(_Statement))),
                ("statement_count", ctypes.c_size_t)]


class _Input(_Struct):
    _fields_ = [("struct_size", ctypes.c_size_t), ("text", _text), ("text_len", ctypes.c_size_t),
                ("id", _text), ("title", _text), ("date", _text), ("outlet", _text)]


_on_article = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.POINTER(_Article))
_on_cause = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.POINTER(_ErrorStruct))


class _Run(_Struct):
    _fields_ = [("struct_size", ctypes.c_size_t), ("paths", ctypes.POINTER(_text)),
                ("path_count", ctypes.c_size_t), ("exclude", _text), ("threads", ctypes.c_size_t),
                ("limit", ctypes.c_size_t), ("unique", ctypes.c_int), ("text_column", _text),
                ("id_column", _text), ("title_column", _text), ("date_column", _text),
                ("outlet_column", _text), ("on_article", _on_article), ("on_failure", _on_cause),
                ("on_skip", _on_cause), ("context", ctypes.c_void_p)]


class _ReportOptions(_Struct):
    _fields_ = [("struct_size", ctypes.c_size_t), ("format", _text), ("raw_cells", ctypes.c_int)]


class _Counts(ctypes.Structure):
    _fields_ = [("articles", ctypes.c_size_t), ("statements", ctypes.c_size_t),
                ("failures", ctypes.c_size_t), ("duplicates", ctypes.c_size_t)]


# ---- The library ----


def _places():
    """Where the library may lie: named, in the installation of this file, in a build, anywhere."""
    name = f"libwhosaid.so.{SOVERSION}"
    if os.environ.get("WHOSAID_LIBRARY"):
        yield os.environ["WHOSAID_LIBRARY"]
    folder = os.path.dirname(os.path.realpath(__file__))
    while folder != os.path.dirname(folder):
        for place in ("", "lib", "lib64", "lib/*", "build"):
            yield from sorted(glob.glob(os.path.join(glob.escape(folder), place, name)))
        folder = os.path.dirname(folder)
    yield name


def _declare(library):
    pointer, size, error = ctypes.c_void_p, ctypes.c_size_t, ctypes.POINTER(_ErrorStruct)
    out = ctypes.POINTER(pointer)
    functions = {
        "version": (_text, []),
        "type_name": (_text, [ctypes.c_int]),
        "kind_name": (_text, [ctypes.c_int]),
        "grade_name": (_text, [ctypes.c_int]),
        "options_init": (None, [ctypes.POINTER(_Options), size]),
        "analyzer_open": (ctypes.c_int, [ctypes.POINTER(_Options), out, error]),
        "analyzer_close": (None, [pointer]),
        "analyzer_target_count": (size, [pointer]),
        "analyzer_target": (ctypes.POINTER(_Target), [pointer, size]),
        "analyzer_score": (ctypes.c_int, [pointer, ctypes.POINTER(_Input), out, error]),
        "article_free": (None, [pointer]),
        "run_start": (ctypes.c_int, [ctypes.POINTER(_Run), pointer, ctypes.POINTER(_Counts), error]),
        "report_open": (ctypes.c_int, [pointer, _text, ctypes.POINTER(_ReportOptions), out, error]),
        "report_add": (ctypes.c_int, [pointer, ctypes.POINTER(_Article), error]),
        "report_close": (ctypes.c_int, [pointer, ctypes.c_int, error]),
    }
    for name, (result, arguments) in functions.items():
        function = getattr(library, "whosaid_" + name)
        function.restype, function.argtypes = result, arguments
    return library


_loaded = None


def _library():
    global _loaded
    if _loaded is None:
        path = next(_places())
        try:
            _loaded = _declare(ctypes.CDLL(path))
        except OSError as cause:
            raise Error("IO", path, 0, f"cannot be loaded ({cause}); set WHOSAID_LIBRARY") from None
    return _loaded


def version():
    """The version of the library."""
    return _library().whosaid_version().decode()


def _check(status, error):
    if status != 0:
        raise Error(_STATUS[status], error.where.decode(errors="replace"), error.line,
                    error.text.decode(errors="replace"))


def _bytes(value):
    return None if value is None else os.fsencode(value)


def _string(value):
    return value.decode("utf-8", "surrogateescape")  # a path need not be UTF-8


def _strings(values):
    array = (_text * max(len(values), 1))()
    for i, value in enumerate(values):
        array[i] = _bytes(value)
    return array


# ---- Structs as dictionaries ----


def _spans(spans):
    return [(spans.items[i].begin, spans.items[i].end) for i in range(spans.count)]


def _stance(stance):
    target = stance.target.contents
    labels = [_string(target.labels[i]) for i in range(target.label_count)]
    return {"target": _string(target.name), "label": _string(stance.label),
            "score": stance.score,
            "scores": {label: stance.scores[i] for i, label in enumerate(labels)},
            "why": _string(stance.why)}


def _statement(s):
    library = _library()
    return {
        "id": _string(s.id),
        "type": _string(library.whosaid_type_name(s.type)),
        "kind": _string(library.whosaid_kind_name(s.kind)),
        "score": s.score,
        "quote": _string(s.quote), "cue": _string(s.cue), "source": _string(s.source),
        "contents": _spans(s.contents), "cues": _spans(s.cues), "sources": _spans(s.sources),
        "speaker": _string(s.speaker), "role": _string(s.role), "speaker_score": s.speaker_score,
        "anonymity": _string(library.whosaid_grade_name(s.anonymity)),
        "anonymity_score": s.anonymity_score,
        "anonymity_reason": _string(s.anonymity_reason),
        "paragraph": s.paragraph,
        "stances": [_stance(s.stances[i].contents) for i in range(s.stance_count)],
    }


def _article(a):
    return {"id": _string(a.id), "title": _string(a.title), "date": _string(a.date),
            "outlet": _string(a.outlet), "duplicate_of": _string(a.duplicate_of),
            "text": _string(a.text),
            "statements": [_statement(a.statements[i].contents) for i in range(a.statement_count)]}


# The columns of the report, which are the keys of a row.
COLUMNS = ["article", "date", "outlet", "title", "quote_id", "type", "kind", "quote", "cue",
           "source", "speaker", "role", "speaker_score", "anonymity", "anonymity_score",
           "anonymity_reason", "target", "stance", "stance_score", "stance_scores", "start", "end",
           "paragraph", "duplicate_of"]


def _rows(article):
    """One row a statement and target."""
    for s in article["statements"]:
        begin, end = s["contents"][0]
        for stance in s["stances"] or [{"target": "", "label": "", "score": None, "scores": {}}]:
            known = {**article, **s, "article": article["id"], "quote_id": s["id"],
                     "target": stance["target"], "stance": stance["label"],
                     "stance_score": stance["score"], "stance_scores": stance["scores"],
                     "start": begin, "end": end}
            yield {column: known[column] for column in COLUMNS}


class Analyzer:
    """All models, loaded once. Threads may share one.

    models: their folder; None: those that are installed with the library.
    targets: the names of the stance targets to report; empty: all.
    """

    def __init__(self, models=None, targets=TARGETS_ALL, min_attribution=None, explain=False):
        self._handle = ctypes.c_void_p()
        library, options, error = _library(), _Options(), _ErrorStruct()
        library.whosaid_options_init(options, ctypes.sizeof(options))
        options.models_folder = _bytes(models)
        options.targets, options.target_count = _strings(targets), len(targets)
        options.explain = bool(explain)
        if min_attribution is not None:
            options.min_attribution_score = min_attribution
        _check(library.whosaid_analyzer_open(options, self._handle, error), error)

    def close(self):
        if self._handle:
            _library().whosaid_analyzer_close(self._handle)
            self._handle = ctypes.c_void_p()

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.close()

    def __del__(self):
        if _loaded is not None and getattr(self, "_handle", None):
            self.close()

    def _open_handle(self):
        if not self._handle:
            raise Error("USAGE", "", 0, "the analyzer is closed")
        return self._handle

    @property
    def targets(self):
        """The targets that are reported: name, question, labels."""
        library, handle = _library(), self._open_handle()
        found = []
        for i in range(library.whosaid_analyzer_target_count(handle)):
            target = library.whosaid_analyzer_target(handle, i).contents
            found.append({"name": _string(target.name), "question": _string(target.question),
                          "labels": [_string(target.labels[k])
                                     for k in range(target.label_count)]})
        return found

    def score(self, text, id="", title="", date="", outlet=""):
        """One article with its statements, as a dictionary."""
        library, error, out = _library(), _ErrorStruct(), ctypes.c_void_p()
        encoded = text.encode()
        given = _Input(text=encoded, text_len=len(encoded), id=id.encode(), title=title.encode(),
                       date=date.encode(), outlet=outlet.encode())
        _check(library.whosaid_analyzer_score(self._open_handle(), given, out, error), error)
        try:
            return _article(ctypes.cast(out, ctypes.POINTER(_Article)).contents)
        finally:
            library.whosaid_article_free(out)

    def _run(self, paths, on_article, on_failure=None, **settings):
        """Calls on_article(pointer) for each article. What a callback raises ends the run."""
        paths = [paths] if isinstance(paths, (str, os.PathLike)) else list(paths)
        raised = []

        def article(_, pointer):
            try:
                on_article(pointer)
            except BaseException as exception:  # C cannot pass it on
                raised.append(exception)
                return 1
            return 0

        def failure(_, cause):
            try:
                if on_failure and not raised:
                    cause = cause.contents
                    on_failure(Error(_STATUS[cause.code], _string(cause.where), cause.line,
                                     _string(cause.text)))
            except BaseException as exception:
                raised.append(exception)

        error, counts = _ErrorStruct(), _Counts()
        encoded = {key: _bytes(value) if isinstance(value, (str, os.PathLike)) else value
                   for key, value in settings.items() if value is not None}
        run = _Run(paths=_strings(paths), path_count=len(paths),
                   on_article=_on_article(article), on_failure=_on_cause(failure), **encoded)
        status = _library().whosaid_run_start(run, self._open_handle(), counts, error)
        if raised:
            raise raised[0]
        if status != _CANCELLED:
            _check(status, error)
        return {name: getattr(counts, name) for name, _ in _Counts._fields_}

    def score_paths(self, paths, on_failure=None, **settings):
        """The articles in files and folders, as dictionaries, in order.

        on_failure: called with an Error for each input that cannot be read.
        settings: threads, limit, unique, exclude, text_column, id_column, title_column,
        date_column, outlet_column, as in whosaid.h. All articles are kept until the run is over;
        for more than fit into memory use each().
        """
        found = collections.deque()
        self._run(paths, lambda pointer: found.append(_article(pointer.contents)), on_failure,
                  **settings)
        return list(found)

    def each(self, paths, function, on_failure=None, **settings):
        """Calls function(article) for each article, as score_paths gives them; returns counts."""
        return self._run(paths, lambda pointer: function(_article(pointer.contents)), on_failure,
                         **settings)

    def rows(self, paths, on_failure=None, **settings):
        """One dictionary a statement and target, with the keys of the report's columns."""
        found = []
        self.each(paths, lambda article: found.extend(_rows(article)), on_failure, **settings)
        return found

    def frame(self, paths, on_failure=None, **settings):
        """rows() as a pandas.DataFrame where pandas is installed, else as they are."""
        rows = self.rows(paths, on_failure, **settings)
        try:
            import pandas
        except ImportError:
            return rows
        return pandas.DataFrame(rows, columns=COLUMNS)

    def report(self, paths, path, format=None, on_failure=None, raw_cells=False, **settings):
        """Writes a report as `whosaid score -o PATH` does; returns counts."""
        library, error, out = _library(), _ErrorStruct(), ctypes.c_void_p()
        options = _ReportOptions(format=_bytes(format), raw_cells=bool(raw_cells))
        _check(library.whosaid_report_open(self._open_handle(), _bytes(path), options, out, error),
               error)
        keep = 0

        def add(pointer):
            _check(library.whosaid_report_add(out, pointer, error), error)

        try:
            settings.setdefault("exclude", path)
            counts = self._run(paths, add, on_failure, **settings)
            keep = 1
        finally:
            closing = _ErrorStruct()
            status = library.whosaid_report_close(out, keep, closing)
        _check(status, closing)
        return counts


def _main(arguments):
    if not arguments or arguments[0].startswith("-"):
        print("usage: python3 -m whosaid PATH...", file=sys.stderr)
        return 1
    failures = []
    with Analyzer() as analyzer:
        analyzer.each(arguments, lambda article: print(json.dumps(article)),
                      failures.append)
    for failure in failures:
        print(failure, file=sys.stderr)
    return 2 if failures else 0


if __name__ == "__main__":
    sys.exit(_main(sys.argv[1:]))
