"""The screen: the app, its screens and widgets, themes, block letters, and people's text made safe to show.

The only layer that knows Textual and rich. A screen shows what an activity hands it and passes keys on; it never
judges, saves or changes a huddle. Every text goes through `i18n`, every word a person typed through `ui.text`.
"""
