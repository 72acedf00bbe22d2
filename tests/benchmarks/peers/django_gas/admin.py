"""The admin of accounts and readings, as Django gives it."""

from __future__ import annotations

from django.contrib import admin

from django_gas.models import Account, Reading

COLUMNS = ("number", "name", "address", "use_class", "phone", "state")
READING_COLUMNS = ("read_on", "account_id", "meter_id", "period", "value", "kind", "bill_id")
PAGE = 25


@admin.register(Account)
class AccountAdmin(admin.ModelAdmin):
    list_display = COLUMNS
    search_fields = ("name",)
    ordering = ("id",)
    list_per_page = PAGE


@admin.register(Reading)
class ReadingAdmin(admin.ModelAdmin):
    list_display = READING_COLUMNS
    ordering = ("id",)
    list_per_page = PAGE
