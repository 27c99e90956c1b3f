with months as (

    select
        period_start,
        period_label,
        receivables_state as period_state,
        cutoff,
        row_number() over (order by period_start) as month_number
    from {{ ref('dim_period') }}
    where period_type = 'month'
        and has_begun

),

movements as (

    select
        months.month_number,
        entered.business_date,
        sum(case when entered.kind in ('billed', 'credit_note') then entered.amount else 0 end) as billed_amount,
        sum(case when entered.kind = 'applied' then - entered.amount else 0 end) as applied_amount
    from {{ ref('int_receivable_movements') }} as entered
    inner join {{ ref('int_receivable_documents') }} as documents
        on entered.document_id = documents.document_id
        and documents.document_kind = 'invoice'
    inner join months
        on documents.document_date >= months.period_start
        and documents.document_date < months.cutoff
    group by months.month_number, entered.business_date

),

curve as (

    select
        cohorts.period_start as cohort_start,
        cohorts.period_label as cohort_label,
        ages.period_start,
        ages.period_label,
        ages.period_state,
        ages.month_number - cohorts.month_number as months_since,
        cast(sum(movements.billed_amount) as decimal(18, 2)) as billed_amount,
        cast(sum(movements.applied_amount) as decimal(18, 2)) as applied_amount
    from movements
    inner join months as cohorts
        on movements.month_number = cohorts.month_number
    inner join months as ages
        on movements.month_number <= ages.month_number
        and movements.business_date < ages.cutoff
    group by 1, 2, 3, 4, 5, 6

),

rated as (

    select
        *,
        {{ rate('applied_amount', 'billed_amount') }} as cohort_cumulative_rate
    from curve

)

select * from rated
