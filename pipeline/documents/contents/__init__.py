"""What the documents say: from answers and law to the plain words that the Word slots take."""
