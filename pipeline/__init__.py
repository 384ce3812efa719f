"""What happens to a case: definition and law -> answers -> documents. No Flask, no pages."""
