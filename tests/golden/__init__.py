"""What users can see of the shipped case: what is asked, and what was answered."""
