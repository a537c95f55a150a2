"""What a text, a file or a folder is, and which lab answers about it: the lab that opens others."""
