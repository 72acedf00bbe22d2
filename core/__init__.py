"""The shell of Zhidu: everything that every department shares. It knows no department."""

VERSION = "0.1.0"
