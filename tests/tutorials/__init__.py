"""The tutorials are followed, step by step."""
