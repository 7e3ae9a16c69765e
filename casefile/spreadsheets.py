"""Cells that no spreadsheet runs as a formula, or reads as a number where they are a text.

The cell gets an apostrophe in front: OWASP's "CSV injection" asks for it. What begins with an
apostrophe and could be taken for such a cell gets one more, so that taking one away always gives
the text back.
"""

# OWASP's list, the full-width forms of its four signs, and blanks (or ; or ") that a spreadsheet
# may strip from before one of them.
FORMULA_STARTS = "=+-@\t\r\n＝＋－＠"  # noqa: RUF001
BEFORE_FORMULA = " '\u00a0\ufeff\u200b\u200c\u200d\u2060;\""

_STARTS = ", ".join(str(ord(sign)) for sign in FORMULA_STARTS)
_BEFORE = ", ".join(str(ord(sign)) for sign in BEFORE_FORMULA)
_FORMULA = "^[{}]+[{}-]".format(BEFORE_FORMULA.replace("'", "''"), FORMULA_STARTS.replace("-", ""))
# 06037, 1-2991, 3/4, 12E5: numbers and dates to Excel, and no longer what was written.
_LIKE_A_NUMBER = "^[0-9][0-9.,:/eE+-]*$"


def safe_text(cell, *, excel=False):
    """Return SQL of a text cell that no spreadsheet runs, from SQL of the text: NULL for none.

    With ``excel`` a text that looks like a number or a date stays a text, too. ``cell`` should be
    a plain column, as it stands in the result more than once.
    """
    # ascii() gives the code point of the first character. To test it costs far less than a regular
    # expression for each cell.
    unsafe = (
        f"ascii({cell}) IN ({_STARTS}) OR ascii({cell}) IN ({_BEFORE}) AND {cell} ~ '{_FORMULA}'"
    )
    if excel:
        unsafe += f" OR ascii({cell}) BETWEEN 48 AND 57 AND {cell} ~ '{_LIKE_A_NUMBER}'"
    return f"CASE WHEN {unsafe} THEN '''' || {cell} ELSE NULLIF({cell}, '') END"
