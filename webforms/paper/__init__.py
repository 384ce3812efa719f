"""The form on paper and without a network: handed out, and taken in again field by field."""
