"""What the program takes: time, memory, disk. Each module measures one subject; `python -m benchmarks` runs them.

Every figure is taken with no history, a year and ten years behind it, and is held against a yardstick that is measured
in the same run, in turns with it, so that a busy machine slows both. What counts is the ratio.
"""
