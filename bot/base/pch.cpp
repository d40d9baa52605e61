// Owns the precompiled header that every other target reuses; no code of its own.
