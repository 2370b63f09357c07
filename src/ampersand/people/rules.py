"""What every room's rules share: a refusal is a sentence a person can act on."""


class Refused(Exception):
    """Something may not be done now; the sentence says why and what can be done instead."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
