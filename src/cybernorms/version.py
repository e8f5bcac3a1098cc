"""The version of the module, in its one place."""

__version__ = "0.1.0"
