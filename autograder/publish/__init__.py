"""What goes to students: gathered, checked line by line for answers and hidden tests, and packed."""
