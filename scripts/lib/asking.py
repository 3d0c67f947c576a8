"""What a script is asked: of two values for one option the last would win without a word, so they are refused."""

import argparse


class Once(argparse.Action):
    """A value that is said once; what stands in its own place may be several."""

    def __call__(self, parser, namespace, values, option_string=None):
        if self.option_strings and self.dest in parser.said:
            first = getattr(namespace, self.dest)
            parser.error(f'{self.option_strings[-1]} is given twice, as "{first}" and "{values}": which is it?')
        parser.said.add(self.dest)
        setattr(namespace, self.dest, values)


class Parser(argparse.ArgumentParser):
    """As argparse's; an option that may be repeated says action="append"."""

    def __init__(self, **about):
        super().__init__(allow_abbrev=False, **about)
        self.said = set()
        for usual in (None, "store"):
            self.register("action", usual, Once)
