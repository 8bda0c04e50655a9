"""What people see: JupyterLab, formgrader, feedback and report in a real browser."""
