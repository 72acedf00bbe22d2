"""The application `django_gas` of Django: accounts and readings as unmanaged models, and their admin."""
