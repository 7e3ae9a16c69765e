"""Names that have the words, or that are like a misspelt one: only those that readers may see."""

import re

from django.contrib.postgres.search import SearchQuery, SearchRank, TrigramWordDistance
from django.db.models import BooleanField, F, Func, Value
from rapidfuzz import fuzz, process

from jurisdictions.matching import fold
from letters.models import SearchDocument
from letters.models.search import NAMES_YEAR
from letters.search.kinds import NAMES

MOST = 200  # a bounded number of names is asked whether readers may see it, and ranked
MISSPELT = ("jurisdictions", "officials")  # the kinds of names that people misspell
MOST_NEAR = 40  # names that are looked at for one word
MOST_LIKE = 6  # names offered for one word
MOST_WORDS = 5  # of a question that are looked up in names
SHORTEST = 4  # letters: shorter words are like too many names
# From 0 to 100 (rapidfuzz's ratio): "filadelfia" has 73 of "philadelphia".
SAME_WORD = 65
MOST_SUGGESTIONS = 3


class Labels(SearchQuery):
    """Labels, which are no words of any language, as a query."""

    function = None
    template = "(%(expressions)s)::tsquery"

    def __init__(self, labels):
        super().__init__(" & ".join(labels))
        self.function = None


def asked_words(question):
    return SearchQuery(question.text, config="casefile", search_type="websearch")


def names_with(question):
    """Return (document id, kind) of names that have the words: up to one more than ``MOST``."""
    if question.year:
        return []
    words = asked_words(question)
    narrowed = words & Labels(question.labels) if question.labels else words
    having = _visible(question, NAMES).filter(words=narrowed)
    return list(
        SearchDocument.objects.filter(pk__in=having.values("pk")[: MOST + 1])
        # Places and people first: of sources there are many.
        .order_by("kind", SearchRank(F("words"), words, cover_density=True).desc(), "title", "pk")
        .values_list("pk", "kind")
    )


def names_like(question):
    """Return the documents of names that are like a word of the question, likest first."""
    words = dict.fromkeys(re.findall(r"\w+", fold(question.text)))
    words = [word for word in words if len(word) >= SHORTEST][:MOST_WORDS]
    parts = []
    for word in words:
        distance = TrigramWordDistance(word, "name")
        # The nearest by the index, and then those that readers may see: it can be read in this
        # order alone.
        nearest = SearchDocument.objects.exclude(name="").order_by(distance)[:MOST_NEAR]
        parts.append(
            _visible(question, MISSPELT)
            .filter(pk__in=nearest.values("pk"))
            .annotate(distance=distance, word=Value(word))
            .defer("words")
            .order_by("distance")[:MOST_LIKE]
        )
    match parts:
        case []:
            return []
        case [whole]:
            pass
        case [first, *others]:
            whole = first.union(*others, all=True)
    near = [document for document in whole if _likest(document)]
    return sorted(near, key=lambda document: (document.distance, document.title))


def corrected(question, documents):
    """Return the question's text in other words, as the names that are like them are written."""
    texts = {}
    for document in documents:
        written = _likest(document)
        text = re.sub(
            r"\w+",
            lambda found, word=document.word, written=written: (
                written if fold(found[0]) == word else found[0]
            ),
            question.text,
        )
        if written != document.word:
            texts[text] = True
    return list(texts)[:MOST_SUGGESTIONS]


def _likest(document):
    """Return the word of a document's name that is likest to the one it was found by, or None."""
    words = re.findall(r"\w+", document.name)
    found = process.extractOne(document.word, words, scorer=fuzz.ratio, score_cutoff=SAME_WORD)
    return found and found[0]


def _visible(question, kinds):
    """Return the documents of kinds of names that readers may see as of the question's day."""
    shows = Func(
        "kind",
        "object_id",
        Value(question.day),
        function="letters_search_shows",
        output_field=BooleanField(),
    )
    kinds = [kind for kind in kinds if question.kind in ("", kind)]
    documents = SearchDocument.objects.filter(shows, year__gte=NAMES_YEAR, year__lte=NAMES_YEAR)
    # Names alone are of that year. An index would find all of them beside those with the words.
    return documents if {*kinds} == {*NAMES} else documents.filter(kind__in=kinds)
