"""From the tool's definition to a form and back: one kind of field, one input, one small template of the same name."""
