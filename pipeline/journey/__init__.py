"""The journey of a visit: who or what it waits for, what the program does by itself, and who makes it go on."""
