"""The teaching kit: sheets, slides, guides and question books, made from the module itself.

Nothing is written twice: texts come from the notebooks, the tables, the question sets and the
pages of the explorers, so that a lesson that changes changes its kit.
"""
