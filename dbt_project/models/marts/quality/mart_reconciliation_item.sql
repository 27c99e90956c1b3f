with checks as (

    select * from {{ ref('mart_reconciliation') }}

),

control_items as (

    select
        checks.check_id,
        checks.scope,
        checks.scope_id,
        checks.period_label,
        checks.period_start,
        suspects.document_kind,
        suspects.document_id,
        suspects.reason,
        suspects.business_date,
        suspects.customer_id,
        suspects.employee_id,
        cast(null as decimal(18, 2)) as expected_amount,
        cast(null as decimal(18, 2)) as actual_amount,
        suspects.amount as difference_amount,
        suspects._file,
        suspects._line
    from checks
    inner join {{ ref('dim_period') }} as periods
        on checks.period_type = periods.period_type
        and checks.period_start = periods.period_start
    inner join {{ ref('int_control_figure_suspects') }} as suspects
        on checks.check_id = 'control_' || suspects.figure
        and suspects.business_date >= periods.period_start
        and suspects.business_date < periods.cutoff
        and (suspects.amount = checks.difference_amount
            or suspects.reason != 'same_amount' and sign(suspects.amount) = sign(checks.difference_amount))
    inner join {{ ref('dim_org_unit_closure') }} as closure
        on checks.scope_id = closure.ancestor_id
        and suspects.org_unit_id = closure.descendant_id
        and suspects.business_date >= closure.valid_from
        and suspects.business_date < closure.valid_to
    where not checks.is_ok

),

-- Also those that cancel each other out in their month.
document_items as (

    select
        checks.check_id,
        checks.scope,
        checks.scope_id,
        checks.period_label,
        checks.period_start,
        documents.document_kind,
        documents.document_id,
        documents.reason,
        documents.business_date,
        documents.customer_id,
        documents.employee_id,
        documents.expected_amount,
        documents.actual_amount,
        documents.difference_amount,
        documents._file,
        documents._line
    from {{ ref('int_documents_that_differ') }} as documents
    inner join {{ ref('dim_period') }} as periods
        on periods.period_type = 'month'
        and documents.business_date >= periods.period_start
        and documents.business_date < periods.cutoff
    inner join checks
        on documents.check_id = checks.check_id
        and periods.period_start = checks.period_start
        and coalesce(documents.scope_id, checks.scope_id) = checks.scope_id

),

items as (

    select * from control_items
    union all
    select * from document_items

),

named as (

    select
        items.check_id,
        items.scope,
        items.scope_id,
        items.period_label,
        items.period_start,
        items.document_kind,
        items.document_id,
        items.reason,
        {{ reconciliation_reason('items.reason', 'zh') }} as reason_zh,
        {{ reconciliation_reason('items.reason', 'en') }} as reason_en,
        items.business_date,
        items.customer_id,
        items.employee_id,
        {{ money('items.expected_amount') }} as expected_amount,
        {{ money('items.actual_amount') }} as actual_amount,
        {{ money('items.difference_amount') }} as difference_amount,
        items._file,
        items._line
    from items

)

select * from named
