"""HTTP: what is sent for an account, how often, and what each response or failure means."""
