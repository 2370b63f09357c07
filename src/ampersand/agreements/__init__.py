"""The wording in numbered versions, what a pair fills in together, their signatures and sealed copies."""
