with invoices as (

    select * from {{ ref('int_invoices_in_company_currency') }}

),

-- A credit note carries no currency: it is in that of its invoice, at the rate of the invoice.
credit_notes as (

    select
        credit_notes.credit_note_id,
        credit_notes.invoice_id,
        credit_notes.customer_id,
        coalesce(credit_notes.employee_id, invoices.employee_id) as employee_id,
        invoices.order_id,
        credit_notes.credited_on,
        coalesce(invoices.currency, {{ company_currency() }}) as currency,
        case when invoices.invoice_id is null then 1 else invoices.exchange_rate end as exchange_rate,
        - credit_notes.net_amount as original_net_amount,
        - credit_notes.gross_amount as original_gross_amount,
        credit_notes._file,
        credit_notes._line
        {{- extra_columns('credit_notes', 'credit_notes') }}
    from {{ ref('stg_credit_notes') }} as credit_notes
    left join invoices
        on credit_notes.invoice_id = invoices.invoice_id
    where {{ outside_the_group('credit_notes') }}

),

converted as (

    select
        *,
        {{ converted_amounts(['net_amount', 'gross_amount']) }}
    from credit_notes

)

select * from converted
