with months as (

    select
        totals.entity_id,
        totals.period_start,
        totals.period_label,
        totals.opening_receivable_amount,
        totals.billed_amount,
        totals.applied_amount,
        totals.written_off_amount,
        totals.closing_receivable_amount,
        totals.collected_amount
    from {{ ref('int_collection_rates') }} as totals
    where totals.entity_kind = 'org_unit'
        and totals.period_type = 'month'

),

company as (

    select months.*
    from months
    inner join {{ ref('dim_org_unit') }} as units
        on months.entity_id = units.org_unit_id
        and units.parent_org_unit_id is null

),

roll_forward as (

    select
        'receivable_roll_forward' as check_id,
        period_start,
        opening_receivable_amount + billed_amount - applied_amount - written_off_amount as expected_amount,
        closing_receivable_amount as actual_amount
    from company

),

ageing as (

    select
        'ageing_equals_receivable' as check_id,
        company.period_start,
        max(company.closing_receivable_amount) as expected_amount,
        coalesce(sum(ageing.amount), 0) as actual_amount
    from company
    left join {{ ref('mart_receivable_ageing') }} as ageing
        on company.period_start = ageing.period_start
    group by company.period_start

),

leaf_units as (

    select
        'leaf_receivables_equal_company' as check_id,
        company.period_start,
        max(company.closing_receivable_amount) as expected_amount,
        sum(months.closing_receivable_amount) as actual_amount
    from company
    inner join months
        on company.period_start = months.period_start
    inner join {{ ref('dim_org_unit') }} as units
        on months.entity_id = units.org_unit_id
        and units.is_leaf
    group by company.period_start

),

collected_credit as (

    select
        'collected_credit_equals_company' as check_id,
        company.period_start,
        max(company.collected_amount) as expected_amount,
        coalesce(sum(collected.amount), 0) as actual_amount
    from company
    inner join {{ ref('int_collection_windows') }} as windows
        on windows.period_type = 'month'
        and company.period_start = windows.period_start
    left join {{ ref('int_collected_events') }} as collected
        on collected.business_date >= windows.period_start
        and collected.business_date < windows.cutoff
    group by company.period_start

),

receipts as (

    select
        'receipts_are_applied_unapplied_or_refunds' as check_id,
        windows.period_start,
        coalesce(sum(receipts.amount), 0) as expected_amount,
        coalesce(sum(receipts.stated_applied_amount), 0)
        + coalesce(sum(case when receipts.kind != 'refund' then greatest(receipts.unapplied_amount, 0) else 0 end), 0)
        + coalesce(sum(case when receipts.kind = 'refund' then receipts.unapplied_amount else 0 end), 0) as actual_amount
    from {{ ref('int_collection_windows') }} as windows
    left join {{ ref('int_receipts_unapplied') }} as receipts
        on receipts.received_on >= windows.period_start
        and receipts.received_on < windows.cutoff
    where windows.period_type = 'month'
    group by windows.period_start

),

checks as (

    select * from roll_forward
    union all
    select * from ageing
    union all
    select * from leaf_units
    union all
    select * from collected_credit
    union all
    select * from receipts

)

select * from checks
