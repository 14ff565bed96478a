"""Settings for nbgrader: copied into the course by scripts/make_assignments.py."""

c = get_config()  # noqa: F821  nbgrader defines it
c.CourseDirectory.course_id = "dlcourse"
c.ClearSolutions.code_stub = {"python": 'raise NotImplementedError("your code here")'}
c.ClearSolutions.text_stub = "*Write your answer here.*"
c.ClearSolutions.enforce_metadata = False
c.ExecutePreprocessor.timeout = 120  # seconds a cell; an endless loop ends there
c.ExecutePreprocessor.interrupt_on_timeout = True  # and the cells behind it still run
