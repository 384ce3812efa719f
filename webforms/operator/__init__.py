"""Pages for those who keep the system running: operation, employees, the archive; none of them shows a family."""
