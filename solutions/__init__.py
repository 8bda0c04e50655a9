"""Reference answers: one module (or, for a written question, one Markdown file) per exercise."""
