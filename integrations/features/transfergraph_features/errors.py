"""What a person can mend."""


class UserError(Exception):
    """A mistake in what was asked for, in a sentence."""


class OutOfMemory(Exception):
    """A batch did not fit; a smaller one may."""
