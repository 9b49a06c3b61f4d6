"""What may be done, and what then is: command + state -> events or a refusal; event -> state.

Pure. Nothing here reads a file, a clock or a store; who calls brings the time and the state.
"""
