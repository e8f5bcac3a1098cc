"""Thin ipywidgets views; what they show is decided in the layers below."""
