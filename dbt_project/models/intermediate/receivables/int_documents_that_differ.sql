with headers as (

    select
        'order_lines_equal_header' as check_id,
        cast(null as {{ dbt.type_string() }}) as scope_id,
        'order' as document_kind,
        order_id as document_id,
        'lines_differ_from_header' as reason,
        ordered_on as business_date,
        customer_id,
        employee_id,
        expected_amount,
        actual_amount,
        actual_amount - expected_amount as difference_amount,
        _file,
        _line
    from {{ ref('int_order_header_differences') }}
    where actual_amount != expected_amount

),

without_rate as (

    select
        'documents_have_an_exchange_rate' as check_id,
        currency as scope_id,
        document_kind,
        document_id,
        'no_exchange_rate' as reason,
        business_date,
        customer_id,
        employee_id,
        original_amount as expected_amount,
        0 as actual_amount,
        - original_amount as difference_amount,
        _file,
        _line
    from {{ ref('int_documents_without_rate') }}

),

over_applied as (

    select
        'receipts_are_applied_unapplied_or_refunds' as check_id,
        cast(null as {{ dbt.type_string() }}) as scope_id,
        'receipt' as document_kind,
        receipt_id as document_id,
        'applied_beyond_receipt' as reason,
        received_on as business_date,
        customer_id,
        employee_id,
        amount as expected_amount,
        stated_applied_amount as actual_amount,
        - unapplied_amount as difference_amount,
        _file,
        _line
    from {{ ref('int_receipts_unapplied') }}
    where unapplied_amount < 0
        and kind != 'refund'

),

documents as (

    select * from headers
    union all
    select * from without_rate
    union all
    select * from over_applied

)

select * from documents
