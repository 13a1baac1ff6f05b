"""argparse in Dutch: it speaks through gettext, of which its texts are the keys."""

import argparse
from collections.abc import Mapping

TEXTS: Mapping[str, str] = {
    "%(prog)s: error: %(message)s\n": "fout: %(message)s\n",
    "usage: ": "gebruik: ",
    "positional arguments": "argumenten",
    "options": "opties",
    "show this help message and exit": "toon deze uitleg",
    "unknown parser %(parser_name)r (choices: %(choices)s)": (
        "opdracht %(parser_name)r bestaat niet; kies uit: %(choices)s"
    ),
    "can't open '%(filename)s': %(error)s": "'%(filename)s' gaat niet open: %(error)s",
    "unrecognized arguments: %s": "onbekend: %s",
    "not allowed with argument %s": "kan niet samen met %s",
    "ambiguous option: %(option)s could match %(matches)s": (
        "%(option)s is niet duidelijk; het kan zijn: %(matches)s"
    ),
    "ignored explicit argument %r": "hier past geen waarde bij: %r",
    "the following arguments are required: %s": "er ontbreekt: %s",
    "one of the arguments %s is required": "een van deze is nodig: %s",
    "expected one argument": "hier hoort één waarde bij",
    "expected at most one argument": "hier hoort ten hoogste één waarde bij",
    "expected at least one argument": "hier hoort minstens één waarde bij",
    "expected %s argument": "hier hoort %s waarde bij",
    "expected %s arguments": "hier horen %s waarden bij",
    "invalid %(type)s value: %(value)r": "%(value)r is geen waarde die hier past (%(type)s)",
    "invalid choice: %(value)r (choose from %(choices)s)": "%(value)r kan niet; kies uit: %(choices)s",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s: %(message)s",
}


def speak_dutch() -> None:
    """Let every parser of this process print the texts above; others stay as they are."""
    vars(argparse)["_"] = lambda text: TEXTS.get(text, text)
    vars(argparse)["ngettext"] = lambda one, more, number: TEXTS.get(one if number == 1 else more, more)
