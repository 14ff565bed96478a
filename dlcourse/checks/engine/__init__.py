"""How an answer is looked at, whatever its topic.

`protocol` makes an object of it, `calling` runs its methods, `places` finds the student's
line, `judging` compares what was seen with the right answer and with the known mistakes, and
`reporting` says what was found. `optimizer_factory` makes an optimizer from one function.
"""
