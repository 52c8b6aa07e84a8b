"""The Python module over the built library. Run by the system's Python; pandas is used where that has
it (Debian package python3-pandas)."""

import csv
import os
import sys
import tempfile
import unittest
import unittest.mock

SOURCE = os.environ["SOURCE"]
sys.path.insert(0, os.path.join(SOURCE, "analyzer", "python"))
sys.dont_write_bytecode = True
import whosaid  # noqa: E402

try:
    import pandas
except ImportError:
    pandas = None

STORY = ("The café was full. “The été festival will go on,” said Mara Oduya, the mayor of Tolm.\n\n"
         "A city official said on condition of anonymity that the money was gone.\n")


class TestModule(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        os.chdir(SOURCE)  # the paths of the golden reports are relative to it
        cls.analyzer = whosaid.Analyzer(models=os.path.join(SOURCE, "models"))

    @classmethod
    def tearDownClass(cls):
        cls.analyzer.close()

    def test_an_article_is_a_dictionary(self):
        article = self.analyzer.score(STORY, id="a", title="Money")
        said, hid = article["statements"]
        self.assertEqual((article["id"], article["title"]), ("a", "Money"))
        self.assertEqual(said["speaker"], "Mara Oduya")
        self.assertEqual((said["type"], said["anonymity"]), ("direct", "named"))
        self.assertEqual((hid["type"], hid["anonymity"]), ("indirect", "anonymous"))
        begin, end = said["contents"][0]
        self.assertEqual(STORY[begin:end], "“The été festival will go on,”")
        self.assertIn("condition of anonymity", hid["anonymity_reason"])

    def test_stances_have_the_labels_of_their_target(self):
        targets = self.analyzer.targets
        self.assertIn("long-range-strikes", [target["name"] for target in targets])
        for statement in self.analyzer.score(STORY)["statements"]:
            self.assertEqual(len(statement["stances"]), len(targets))
            for stance, target in zip(statement["stances"], targets):
                self.assertEqual(list(stance["scores"]), target["labels"])
                self.assertAlmostEqual(sum(stance["scores"].values()), 1, places=4)
                self.assertIn(stance["label"], target["labels"] + ["undecided"])

    def test_rows_are_those_of_the_report(self):
        with open("tests/golden/sample.csv", newline="", encoding="utf-8") as file:
            expected = list(csv.DictReader(file))
        rows = self.analyzer.rows(["corpus/sample"])
        self.assertEqual(len(rows), len(expected))
        for row, cells in zip(rows, expected):
            self.assertEqual(list(row), list(cells))
            for key in ("article", "date", "quote_id", "type", "kind", "cue", "anonymity", "target",
                        "stance"):
                self.assertEqual(row[key], cells[key])
            self.assertEqual((row["start"], row["paragraph"]),
                             (int(cells["start"]), int(cells["paragraph"])))

    def test_without_pandas_a_frame_is_the_list_of_rows(self):
        with unittest.mock.patch.dict(sys.modules, {"pandas": None}):  # as if not installed
            frame = self.analyzer.frame("corpus/sample")
        self.assertEqual(frame, self.analyzer.rows("corpus/sample"))

    @unittest.skipIf(pandas is None, "no pandas")
    def test_with_pandas_a_frame_is_the_table(self):
        rows = self.analyzer.rows("corpus/sample")
        frame = self.analyzer.frame("corpus/sample")
        self.assertIsInstance(frame, pandas.DataFrame)
        self.assertEqual(list(frame.columns), whosaid.COLUMNS)
        self.assertEqual(frame.to_dict("records"), rows)
        counted = frame.groupby("anonymity").size()
        for grade in ("named", "anonymous", "institution"):
            self.assertEqual(counted[grade], sum(row["anonymity"] == grade for row in rows))
        self.assertTrue(pandas.to_datetime(frame["date"]).dt.year.eq(2024).any())
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "silent.txt")
            with open(path, "w") as file:
                file.write("It rained.\n")
            empty = self.analyzer.frame(path)
        self.assertEqual((len(empty), list(empty.columns)), (0, whosaid.COLUMNS))

    def test_a_report_is_the_one_that_the_program_writes(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "report.jsonl")
            counts = self.analyzer.report("corpus/sample", path)
            self.assertGreater(counts["statements"], 50)
            with open(path, "rb") as report, open("tests/golden/sample.jsonl", "rb") as golden:
                self.assertEqual(report.read(), golden.read())

    def test_inputs_that_cannot_be_read_are_told(self):
        failures = []
        articles = self.analyzer.score_paths(["gone.txt", "corpus/sample"], failures.append)
        self.assertGreater(len(articles), 3)
        self.assertEqual([failure.where for failure in failures], ["gone.txt"])

    def test_what_a_callback_raises_comes_through(self):
        def refuse(article):
            raise KeyError(article["id"])

        with self.assertRaises(KeyError):
            self.analyzer.each("corpus/sample", refuse)

    def test_errors_are_exceptions(self):
        with self.assertRaises(whosaid.Error) as caught:
            whosaid.Analyzer(models="/nowhere")
        self.assertIn("/nowhere", str(caught.exception))
        with self.assertRaises(whosaid.Error):
            whosaid.Analyzer(models="models", targets=["no-such-target"])
        with self.assertRaises(whosaid.Error):
            self.analyzer.score("a\0b")
        closed = whosaid.Analyzer(models="models")
        closed.close()
        with self.assertRaises(whosaid.Error):
            closed.score("It rained.")

    def test_the_version_is_that_of_the_library(self):
        self.assertEqual(whosaid.version(), os.environ["VERSION"])


if __name__ == "__main__":
    unittest.main()
