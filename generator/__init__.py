"""Heavy Rotation: a static site generator whose database is a Git repository."""
