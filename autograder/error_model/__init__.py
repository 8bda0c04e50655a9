"""Wrong answers made from right ones: what a catalogue written by hand cannot list.

A mutant is a right answer with one or two small changes, each with a sentence that says what was changed in the words
of the lab. A student's answer that behaves as a mutant does contains, as far as can be seen, that mistake.
"""

from autograder.error_model.generate import Mutant, paired_mutants, single_mutants
from autograder.error_model.vocabulary import Vocabulary, vocabulary_of

__all__ = ["Mutant", "Vocabulary", "paired_mutants", "single_mutants", "vocabulary_of"]
