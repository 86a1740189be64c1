"""The one way an action says no."""


class ActionRefused(Exception):
    """A rule of the association forbids this; the message is a sentence for the user."""
