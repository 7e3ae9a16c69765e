"""Names the database of the tests, before Django reads its settings (a pytest plugin: -p).

TEST_DATABASE_URL if it is set, else DATABASE_URL, else the embedded server under var/.
"""

import os
from pathlib import Path

os.environ["CASEFILE_ENV"] = "development"
if "TEST_DATABASE_URL" in os.environ:
    os.environ["DATABASE_URL"] = os.environ["TEST_DATABASE_URL"]
elif "DATABASE_URL" not in os.environ:
    from casefile.embedded_postgres import ensure_running

    os.environ["DATABASE_URL"] = ensure_running(Path(__file__).resolve().parent.parent / "var")
