"""The shell of Zhidu: everything that every department shares. It knows no department."""
