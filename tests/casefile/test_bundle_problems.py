"""Problems: how they read, in which order, and how many are told."""

from casefile.bundle.problems import SHOWN_PER_FILE, Problem, Problems, shown


def test_problem_names_its_place_its_value_and_what_would_be_right():
    problem = Problem("letters.csv", "Write a day.", row=3, column="date", value="x")

    assert str(problem) == 'letters.csv, row 3, column date, value "x": Write a day.'


def test_value_is_shown_on_one_line_without_what_a_terminal_acts_on():
    assert shown("a\nb\x1b[31m\u202e\x00é") == '"a\\nb\\x1b[31m\\u202e\\x00é"'


def test_long_value_is_cut():
    assert shown("x" * 100) == '"' + "x" * 80 + '…"'


def test_problems_stand_in_the_order_of_files_and_rows():
    problems = Problems()
    problems.add("b.csv", "last", row=10)
    problems.add("b.csv", "third", row=9)
    problems.add("a.csv", "second", row=2)
    problems.add("unknown.csv", "first")

    assert [line.split(": ")[1] for line in problems.lines(["a.csv", "b.csv"])] == [
        "first",
        "second",
        "third",
        "last",
    ]


def test_problems_of_a_file_are_bounded_but_all_counted():
    problems = Problems()
    for row in range(SHOWN_PER_FILE + 5):
        problems.add("a.csv", "wrong", row=row)
    problems.count("a.csv", 10)

    lines = list(problems.lines(["a.csv"]))

    assert len(problems) == SHOWN_PER_FILE + 15
    assert len(lines) == SHOWN_PER_FILE + 1
    assert lines[-1] == "a.csv: 15 more problems like these."
