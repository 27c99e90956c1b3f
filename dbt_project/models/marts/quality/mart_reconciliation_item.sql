with differences as (

    select * from {{ ref('mart_reconciliation') }}
    where not is_ok

),

control_items as (

    select
        differences.check_id,
        differences.scope,
        differences.scope_id,
        differences.period_label,
        differences.period_start,
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
    from differences
    inner join {{ ref('dim_period') }} as periods
        on differences.period_type = periods.period_type
        and differences.period_start = periods.period_start
    inner join {{ ref('int_control_figure_suspects') }} as suspects
        on differences.check_id = 'control_' || suspects.figure
        and suspects.business_date >= periods.period_start
        and suspects.business_date < periods.cutoff
        and (suspects.amount = differences.difference_amount
            or suspects.reason != 'same_amount' and sign(suspects.amount) = sign(differences.difference_amount))
    inner join {{ ref('dim_org_unit_closure') }} as closure
        on differences.scope_id = closure.ancestor_id
        and suspects.org_unit_id = closure.descendant_id
        and suspects.business_date >= closure.valid_from
        and suspects.business_date < closure.valid_to

),

header_items as (

    select
        differences.check_id,
        differences.scope,
        differences.scope_id,
        differences.period_label,
        differences.period_start,
        'order' as document_kind,
        headers.order_id as document_id,
        'lines_differ_from_header' as reason,
        headers.ordered_on as business_date,
        headers.customer_id,
        headers.employee_id,
        headers.expected_amount,
        headers.actual_amount,
        headers.actual_amount - headers.expected_amount as difference_amount,
        headers._file,
        headers._line
    from {{ ref('int_order_header_differences') }} as headers
    inner join {{ ref('dim_period') }} as periods
        on periods.period_type = 'month'
        and headers.ordered_on >= periods.period_start
        and headers.ordered_on < periods.cutoff
    inner join {{ ref('mart_reconciliation') }} as differences
        on differences.check_id = 'order_lines_equal_header'
        and periods.period_start = differences.period_start
    where headers.actual_amount != headers.expected_amount

),

rate_items as (

    select
        differences.check_id,
        differences.scope,
        differences.scope_id,
        differences.period_label,
        differences.period_start,
        documents.document_kind,
        documents.document_id,
        'no_exchange_rate' as reason,
        documents.business_date,
        documents.customer_id,
        documents.employee_id,
        documents.original_amount as expected_amount,
        0 as actual_amount,
        - documents.original_amount as difference_amount,
        documents._file,
        documents._line
    from {{ ref('int_documents_without_rate') }} as documents
    inner join {{ ref('dim_period') }} as periods
        on periods.period_type = 'month'
        and documents.business_date >= periods.period_start
        and documents.business_date < periods.cutoff
    inner join {{ ref('mart_reconciliation') }} as differences
        on differences.check_id = 'documents_have_an_exchange_rate'
        and differences.scope_id = documents.currency
        and differences.period_start = periods.period_start

),

receipt_items as (

    select
        differences.check_id,
        differences.scope,
        differences.scope_id,
        differences.period_label,
        differences.period_start,
        'receipt' as document_kind,
        receipts.receipt_id as document_id,
        'applied_beyond_receipt' as reason,
        receipts.received_on as business_date,
        receipts.customer_id,
        receipts.employee_id,
        receipts.amount as expected_amount,
        receipts.stated_applied_amount as actual_amount,
        - receipts.unapplied_amount as difference_amount,
        receipts._file,
        receipts._line
    from {{ ref('int_receipts_unapplied') }} as receipts
    inner join {{ ref('dim_period') }} as periods
        on periods.period_type = 'month'
        and receipts.received_on >= periods.period_start
        and receipts.received_on < periods.cutoff
    inner join differences
        on differences.check_id = 'receipts_are_applied_unapplied_or_refunds'
        and periods.period_start = differences.period_start
    where receipts.unapplied_amount < 0
        and receipts.kind != 'refund'

),

items as (

    select * from control_items
    union all
    select * from header_items
    union all
    select * from rate_items
    union all
    select * from receipt_items

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
