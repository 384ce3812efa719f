"""The room of the hearing: a report is read and remarked on, the child is heard, the remarks are weighed."""
