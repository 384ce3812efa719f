"""What the program does by itself on the journey: one module for each step, put together in all_steps.py."""
