"""What a person looks at: a run in words, and one function a figure (data in, Axes out)."""
