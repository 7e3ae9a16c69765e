"""Look for changes of the history since it was sealed."""

import re

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from casefile.seals import Seal, find_unsealed, verify_seal


class Command(BaseCommand):
    help = (
        "Compare the history with its seals: name each event that was changed, deleted or added"
        " since its day was sealed, the earliest first, and end with status 1 if there is one."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--head",
            help="A head of the chain that was kept elsewhere, such as one printed on /reports/ or"
            " in a report's sidecar on some day. Whoever makes the whole chain again can't make"
            " that one.",
        )

    def handle(self, *, head, **options):
        seals = list(Seal.objects.order_by("day"))
        if head is not None:
            self._find(head, seals)
        findings, before = [], None
        for seal in tqdm(
            seals, file=self.stderr, disable=not self.stderr.isatty(), unit=" sealed days"
        ):
            findings += verify_seal(seal, before)
            before = seal
        findings += find_unsealed()
        if findings:
            raise CommandError("\n".join(map(str, [*findings, f"{len(findings):,} findings."])))
        if not seals:
            self.stdout.write("No day is sealed yet: manage.py seal_history does that.")
            return
        self.stdout.write(f"As sealed, through {before.day}. Head of the chain: {before.head}")

    def _find(self, head, seals):
        if not re.fullmatch(r"[0-9a-f]{64}", head):
            raise CommandError("A head is a SHA-256: 64 of the signs 0 to 9 and a to f.")
        found = [seal.day for seal in seals if seal.head == head]
        if not found:
            raise CommandError(
                "This head is of no day's seal: the chain was made anew, or is of another record."
            )
        self.stdout.write(f"This is the head of {found[0]}.")
