"""The authored text of the labs; `labs.given` holds what their set-up cells hand out."""
