"""The texts of all rules, by what they are about."""
