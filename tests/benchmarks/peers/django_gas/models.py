"""Accounts and readings, in tables that Django does not manage."""

from __future__ import annotations

from django.db import models


class OfBranch(models.Model):
    id = models.AutoField(primary_key=True)
    branch_id = models.IntegerField(editable=False)
    row_version = models.IntegerField(editable=False)
    created_at = models.DateTimeField(editable=False)
    changed_at = models.DateTimeField(editable=False)

    class Meta:
        abstract = True
        managed = False


class Account(OfBranch):
    number = models.CharField(max_length=32)
    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=40, null=True, blank=True)
    address = models.CharField(max_length=200)
    use_class = models.CharField(max_length=20)
    tariff_id = models.IntegerField(null=True, blank=True)
    route_id = models.IntegerField(null=True, blank=True)
    read_order = models.IntegerField()
    opened_on = models.DateField()
    state = models.CharField(max_length=20)
    hold_reason = models.CharField(max_length=200, null=True, blank=True)
    pricing_year_month = models.IntegerField()
    pricing_year_day = models.IntegerField()

    class Meta(OfBranch.Meta):
        abstract = False
        db_table = "gas_account"


class Reading(OfBranch):
    account_id = models.IntegerField()
    meter_id = models.IntegerField()
    period = models.CharField(max_length=7)
    read_on = models.DateField()
    value = models.BigIntegerField()
    kind = models.CharField(max_length=10)
    rollover_confirmed = models.BooleanField()
    reader_id = models.IntegerField(null=True, blank=True)
    source = models.CharField(max_length=20)
    bill_id = models.IntegerField(null=True, blank=True)

    class Meta(OfBranch.Meta):
        abstract = False
        db_table = "gas_reading"
