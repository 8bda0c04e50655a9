"""Your lr_small is a text: what stands between quotation marks is not a number. Leave the quotation marks out."""

lr_small = "0.1"
