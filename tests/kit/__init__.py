"""What tests share: teams and books, a clock and a store of the test, screens and terminals that are driven by keys.

A test module imports from here and from the program, never from another test module; `tests/test_layers.py` says so.
"""
