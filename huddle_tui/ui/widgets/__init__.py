"""Parts that screens are built from. Each draws what it is given at any size from one cell up, and decides nothing.

Data comes in as arguments and reactives, news goes out as messages. Text that a person typed is never markup.
"""
