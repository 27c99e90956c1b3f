with rates as (

    select * from {{ ref('int_collection_rates') }}

),

by_customer as (

    select
        rates.entity_id as customer_id,
        rates.period_type,
        rates.period_start,
        rates.period_label,
        rates.period_state,
        cast(rates.opening_receivable_amount as decimal(18, 2)) as opening_receivable_amount,
        cast(rates.invoiced_amount as decimal(18, 2)) as invoiced_amount,
        cast(rates.credit_note_amount as decimal(18, 2)) as credit_note_amount,
        cast(rates.billed_amount as decimal(18, 2)) as billed_amount,
        cast(rates.applied_amount as decimal(18, 2)) as applied_amount,
        cast(rates.written_off_amount as decimal(18, 2)) as written_off_amount,
        cast(rates.closing_receivable_amount as decimal(18, 2)) as closing_receivable_amount,
        cast(rates.current_receivable_amount as decimal(18, 2)) as current_receivable_amount,
        cast(rates.overdue_amount as decimal(18, 2)) as overdue_amount,
        cast(rates.collected_amount as decimal(18, 2)) as collected_amount,
        cast(rates.collected_bill_amount as decimal(18, 2)) as collected_bill_amount,
        cast(rates.received_amount as decimal(18, 2)) as received_amount,
        cast(rates.unapplied_amount as decimal(18, 2)) as unapplied_amount,
        cast(rates.due_amount as decimal(18, 2)) as due_amount,
        cast(rates.due_paid_amount as decimal(18, 2)) as due_paid_amount,
        cast(rates.paid_on_time_amount as decimal(18, 2)) as paid_on_time_amount,
        cast(rates.overdue_opening_amount as decimal(18, 2)) as overdue_opening_amount,
        cast(rates.overdue_paid_amount as decimal(18, 2)) as overdue_paid_amount,
        cast(rates.planned_amount as decimal(18, 2)) as planned_amount,
        cast(rates.contract_amount as decimal(18, 2)) as contract_amount,
        cast(rates.contract_collected_amount as decimal(18, 2)) as contract_collected_amount,
        cast(rates.shipped_with_tax_amount as decimal(18, 2)) as shipped_with_tax_amount,
        cast(rates.shipped_settled_amount as decimal(18, 2)) as shipped_settled_amount,
        rates.cash_over_billed_rate,
        rates.balance_based_rate,
        rates.cash_over_opening_ar_rate,
        rates.due_in_period_rate,
        rates.due_incl_overdue_rate,
        rates.plan_attainment_rate,
        rates.on_time_rate,
        rates.contract_progress_rate,
        rates.shipped_based_rate,
        rates.collection_rate,
        rates.collection_rate_variant,
        rates.cei_rate,
        rates.overdue_rate,
        rates.bad_debt_rate,
        rates.dso_days,
        rates.dso_countback_days,
        rates.best_possible_dso_days,
        rates.average_days_delinquent,
        rates.is_receivable_older_than_history
    from rates
    where rates.entity_kind = 'customer'
        and rates.has_activity

)

select * from by_customer
