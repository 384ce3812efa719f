"""One file that holds all that an installation keeps but its keys, made while people work; and the way back."""
