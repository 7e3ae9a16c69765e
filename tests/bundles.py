"""A small record bundle for tests, and how to write one down, whole or damaged."""

import zipfile

from django.db import connection

RECORD = {
    "jurisdictions.csv": """\
slug,name,aliases,kind,state,geoid,parent
illinois,State of Illinois,,state,IL,17,
chicago-il,City of Chicago,Chicago; Windy City,city,IL,1714000,cook-county-il
cook-county-il,Cook County,,county,IL,17031,illinois
california,State of California,,state,CA,06,
""",
    "sources.csv": """\
key,kind,title,published_on,url,text_file
release,press_release,A release,2018-01-24,https://release.example/,texts/release.txt
""",
    "texts/release.txt": "We will satisfy the request in a timely fashion.\n",
    "officials.csv": "slug,name\njordan-official,Jordan Official\n",
    "rounds.csv": """\
slug,title,announced_on,deadline
january,Document demand,2018-01-24,2018-02-23
""",
    "demand_items.csv": "round,number,text\njanuary,1,All orders\njanuary,2,All guidance\n",
    "letters.csv": """\
key,round,jurisdiction,date,deadline,note,status
chicago,january,chicago-il,2018-01-24,2018-02-23,,published
cook,january,cook-county-il,2018-01-24,2018-02-23,,draft
""",
    "responses.csv": """\
key,letter,date,date_precision,kind,status
chicago-answer,chicago,2018-02-01,month,unassessed,published
""",
    "productions.csv": "response,item,extent\nchicago-answer,1,produced\n",
    "awards.csv": """\
key,jurisdiction,program,fiscal_year,amount,amount_basis
jag-chicago,chicago-il,Byrne JAG,2017,2019194,allocated
""",
    "award_events.csv": """\
key,award,date,axis,award_status,status
jag-chicago-held,jag-chicago,2018-01-24,money,on_hold,in_review
""",
    "events.csv": """\
key,date,title,jurisdictions,officials,status
meeting,2018-01-24,A meeting is called off,chicago-il; illinois,jordan-official,published
""",
    "statements.csv": """\
key,speaker,side,jurisdictions,date,kind,text,attribution,in_reply_to,status
reply,jordan-official,jurisdiction,chicago-il,2018-01-24,quotation,In time.,named,chicago,published
""",
    "citations.csv": """\
entry_kind,entry,field,source,stance,pin,passage
letters,chicago,,release,,,
letters,chicago,deadline,release,contradicts,,
responses,chicago-answer,,release,,,
events,meeting,,release,,,
statements,reply,,release,,p. 1,satisfy the request
awards,jag-chicago,,release,,,
""",
}


def changed(file, old, new):
    """Return the record with one thing in one file otherwise. Bytes stay as they are."""
    text = RECORD[file]
    assert text.count(old) == 1, f"{file} has {old!r} {text.count(old)} times"
    if isinstance(new, bytes):
        return RECORD | {file: text.encode().replace(old.encode(), new)}
    return RECORD | {file: text.replace(old, new)}


def write_directory(path, files):
    """Write files, text or bytes by path, into a directory. Return it."""
    for name, content in files.items():
        target = path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def write_zip(path, files):
    """Write files into a zip. Return its path."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def read_directory(path):
    """Return {path: bytes} of all files of a directory."""
    return {
        found.relative_to(path).as_posix(): found.read_bytes()
        for found in path.rglob("*")
        if found.is_file()
    }


def tables():
    """Return a digest of the rows of every table of the database, history included."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.tables"
            " WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
        )
        digests = [
            f"SELECT '{name}', md5(string_agg(t::text, ' ' ORDER BY t::text)) FROM \"{name}\" t"
            for (name,) in cursor.fetchall()
        ]
        cursor.execute(" UNION ALL ".join(digests))
        return dict(cursor.fetchall())
