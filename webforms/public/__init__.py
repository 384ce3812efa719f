"""The pages that anybody may open: for now the fictional cases and their documents."""
