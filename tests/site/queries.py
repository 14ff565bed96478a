"""What readers ask the search, and where they should land: the table of test_search.py.

A place is (page, pattern of the titles of the section and of those above it), joined by " › ".
Sections may get other titles: then only this table changes. `WITHIN` is the place in the list at
which the expected one must stand at the latest.
"""

FIRST, WITHIN = 1, 3
ANY = ""

QUERIES = [
    # query, page, pattern of titles, at which place at the latest
    ("how to choose an optimizer", "05-", "In practice", FIRST),
    (
        "which optimizer should I use",
        "05-|which-technique",
        "In practice|Optimizer",
        FIRST,
    ),
    ("dead relu", "02-activations", "(?i)dead|die|dying", FIRST),
    ("dying relu", "02-activations", "(?i)dead|die|dying", FIRST),
    ("optimiser", "05-", ANY, WITHIN),
    ("batch normalisation", "03-batch-normalization", ANY, FIRST),
    ("normalisation", "03-batch-normalization|02-activations", ANY, WITHIN),
    ("initialisation of weights", "04-", ANY, FIRST),
    ("vanishing gradient", "02-|03-|04-|glossary", "(?i)gradient|saturat", FIRST),
    ("overfitting", "01-dropout|glossary", ANY, WITHIN),
    ("adamw", "05-|api", "(?i)decay|AdamW", WITHIN),
    ("weight decay", "05-|glossary", "(?i)decay", FIRST),
    ("L2 regularization", "05-", "(?i)decay|L2", WITHIN),
    ("BatchNorm1d", "03-batch-normalization", "In practice", WITHIN),
    ("kaiming", "04-|api", ANY, FIRST),
    ("glorot", "04-|api", ANY, WITHIN),
    ("monte carlo dropout uncertainty", "01-dropout", "(?i)know|uncertain|In practice", WITHIN),
    ("dropout at test time", "01-dropout", "(?i)test time", FIRST),
    ("warmup", "05-|glossary", ANY, WITHIN),
    ("successive halving", "06-hyperparameters|glossary", "(?i)halving", FIRST),
    ("grid search or random search", "06-hyperparameters", ANY, WITHIN),
    ("early stopping", "api|01-dropout|which-technique", ANY, WITHIN),
    ("install", "run|index", ANY, WITHIN),
    ("C1.4", "01-dropout", "Claim C1.4", FIRST),
    ("save a model", "api", ANY, WITHIN),
    ("nesterov", "05-|api", ANY, FIRST),
    # Korean: with particles, without spaces, other words for the same thing
    ("경사하강법", "05-|glossary", ANY, FIRST),
    ("경사 하강법을", "05-|glossary", ANY, FIRST),
    ("드롭아웃은", "01-dropout|glossary", "(?i)dropout", FIRST),
    ("드롭아웃이란 무엇인가", "01-dropout|glossary", "(?i)dropout", FIRST),
    ("과적합을", "01-dropout|glossary", ANY, FIRST),
    ("배치정규화", "03-batch-normalization|glossary", "(?i)batch normalization", FIRST),
    ("기울기 소실의", "glossary|02-|03-|04-", "(?i)gradient", FIRST),
    ("학습률을 고르는 방법", "05-|06-|which", ANY, WITHIN),
    ("옵티마이저 선택", "05-", "In practice", FIRST),
    ("가중치 초기화", "04-|glossary", ANY, FIRST),
    ("활성화함수의 포화", "02-activations|glossary", "(?i)saturat|포화|gets stuck", WITHIN),
    ("하이퍼파라미터탐색", "06-hyperparameters", ANY, FIRST),
    ("죽은 뉴런", "02-activations|glossary", "(?i)dead", FIRST),
    ("조기종료", "api|01-dropout|glossary|which", ANY, WITHIN),
]
