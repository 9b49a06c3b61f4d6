"""The standard language: its grammar, its model, its loading; and the values that are judged."""
