"""Similar work: pairs of students who share what is rare in their class. It shows, and never judges."""
