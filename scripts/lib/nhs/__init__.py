"""What scripts/import-nhs is made of: the official files of NHS England, read by the names of their columns."""
