"""Who hands the engine what is due: threads of this process, or Procrastinate on any number of machines."""
