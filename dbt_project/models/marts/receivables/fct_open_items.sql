with months as (

    select
        period_label,
        period_start,
        cutoff,
        {{ day_before('cutoff') }} as as_of_date
    from {{ ref('dim_period') }}
    where period_type = 'month'
        and has_begun

),

instalments as (

    select * from {{ ref('int_receivable_instalments') }}

),

documents as (

    select * from {{ ref('int_receivable_owners') }}

),

open_items as (

    select
        months.as_of_date,
        months.period_start,
        months.period_label,
        months.as_of_date = {{ as_of() }} as is_now,
        balances.document_id,
        balances.instalment_number,
        documents.document_kind,
        instalments.instalment_kind,
        documents.customer_id,
        documents.employee_id,
        documents.org_unit_id,
        documents.document_date,
        instalments.due_on,
        instalments.is_due_assumed,
        instalments.promised_on,
        greatest({{ dbt.datediff('instalments.due_on', 'months.as_of_date', 'day') }}, 0) as days_overdue,
        cast(instalments.amount as decimal(18, 2)) as instalment_amount,
        cast(balances.open_amount as decimal(18, 2)) as open_amount
    from {{ ref('int_instalment_balances') }} as balances
    inner join months
        on balances.valid_from < months.cutoff
        and balances.valid_to >= months.cutoff
    inner join instalments
        on balances.document_id = instalments.document_id
        and balances.instalment_number = instalments.instalment_number
    inner join documents
        on balances.document_id = documents.document_id

)

select * from open_items
