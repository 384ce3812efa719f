"""Notice of a visit (varsel): what the family is told of day and agenda, when it is told, and who is nudged by mail."""
