"""Grading a class: see scripts/grade_class.py, and the page For instructors."""
