"""Articles of our own making, with the quotations that a person counted in them and who speaks.

People, places and papers are invented. Where the text leaves open who speaks, the speaker is None.
"""

from dataclasses import dataclass

from letters.intake.names import Known


@dataclass(frozen=True)
class Article:
    name: str
    text: str
    officials: list[Known]
    speakers: dict[str, str | None]  # of each quotation, by its words

    @property
    def quotations(self):
        return list(self.speakers)


def people(*names):
    return [Known(number, name, (name,)) for number, name in enumerate(names, 1)]


NEWS = Article(
    "a newspaper's report",
    """MARLOW, Jan. 25 — The mayor of Marlow called a federal demand for the city's records “a fishing trip” on Thursday and vowed to answer it “in our own time.”

Mayor Helen Ortega, speaking on the steps of City Hall, said the city had nothing to hide. “Every order we have given our officers is on our website,” Ortega said. “Anyone in Washington can read it.”

The letter, one of nine sent this week, asks for “all documents” on how the police treat requests from immigration authorities. It threatens a subpoena to those who “fail to respond in a timely manner.”

“We hope that the city will comply,” said Daniel Krause, a spokesman for Attorney General Robert Finch. “If it does not, we will go to court.”

Krause would not say when. “Soon,” he said.

Council member Ines Varga was blunter. “When the attorney general says ‘lawless,’ he means ‘inconvenient,’ ” she told reporters. “We’ve heard it before.”

According to a Justice Department press release, the grants at stake “come with conditions that each recipient accepted.” Marlow received $412,000 in fiscal year 2017.
""",
    people("Helen Ortega", "Robert Finch", "Ines Varga"),
    {
        "a fishing trip": "The mayor of Marlow",
        "in our own time.": "The mayor of Marlow",
        "Every order we have given our officers is on our website": "Ortega",
        "Anyone in Washington can read it.": "Ortega",
        "all documents": None,
        "fail to respond in a timely manner.": None,
        "We hope that the city will comply": "Daniel Krause",
        "If it does not, we will go to court.": "Daniel Krause",
        "Soon": "Daniel Krause",
        "When the attorney general says ‘lawless,’ he means ‘inconvenient,’": "Ines Varga",
        "lawless": "the attorney general",
        "inconvenient": None,
        "We’ve heard it before.": "Ines Varga",
        "come with conditions that each recipient accepted.": "Justice Department",
    },
)

SPUN = Article(
    "a machine-spun copy",
    """Town chiefs react to papers demand

"The request is a joke and a bad one", Ortega said, while Finch said "the law is not a buffet".

Daniel Krause, spokesman for Attorney General Robert Finch, said the division was "weighing all of the options it still holds". We have always kept our streets secure. The missive that came today demands that we, in truth, do the bureau's job.

"Grants are not a birthright", the official said.

"Anyone can read them on the web".

Several mayors said they would skip the dinner, and Ines Varga called it "pure theater" as Helen Ortega said it was "a waste of soup".

"Jurisdictions that fail to reply will be subject to a subpoena", according to a U.S. Department of Justice press release.

He added that "time is short".

A clerk in Marlow, who said "I only file these, said the boxes were full.
""",
    people("Helen Ortega", "Robert Finch", "Ines Varga"),
    {
        "The request is a joke and a bad one": None,
        "the law is not a buffet": None,
        "weighing all of the options it still holds": "Daniel Krause",
        "Grants are not a birthright": "the official",
        "Anyone can read them on the web": None,
        "pure theater": None,
        "a waste of soup": None,
        "Jurisdictions that fail to reply will be subject to a subpoena": "U.S. Department of Justice",
        "time is short": None,
        "I only file these, said the boxes were full.": "A clerk",
    },
)

BRITISH = Article(
    "a British paper, in single marks and printed lines",
    """The mayor of Marlow has dismissed a demand for papers as 'a stunt',
and her lawyers' reply, sent yesterday, runs to one line.

'We can't give what we haven't got,' said Helen Ortega, the mayor. 'The
officers' handbook is public, and it's been so since the '90s.'

Robert Finch, the attorney general, told the Senate that cities 'hide
behind the word "sanctuary" when it suits them'.

'That's rich,' Ortega replied. ‘He knows the mayors’ position.’

Asked whether she would go to Washington, she said: 'No.'
""",
    people("Helen Ortega", "Robert Finch"),
    {
        "a stunt": None,
        "We can't give what we haven't got": "Helen Ortega",
        "The\nofficers' handbook is public, and it's been so since the '90s.": "Helen Ortega",
        'hide\nbehind the word "sanctuary" when it suits them': "Robert Finch",
        "sanctuary": "Robert Finch",
        "That's rich": "Ortega",
        "He knows the mayors’ position.": "Ortega",
        "No.": "Ortega",
    },
)

ARTICLES = [NEWS, SPUN, BRITISH]
