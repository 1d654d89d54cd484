"""What people ask in words of their own, and what is answered."""
