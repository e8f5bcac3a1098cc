"""What is written for a class: the folder of results, pages, tables for the LMS, rubric marks."""
