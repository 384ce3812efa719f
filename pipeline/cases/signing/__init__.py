"""Who is to sign what, who has signed, and how they had proved who they were."""
