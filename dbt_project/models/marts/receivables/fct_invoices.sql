with invoices as (

    select * from {{ ref('int_invoices_in_company_currency') }}
    where status = 'confirmed'
        and invoiced_on <= {{ as_of() }}

),

with_unit as (

    select
        invoices.invoice_id,
        invoices.invoiced_on as business_date,
        invoices.due_on,
        invoices.customer_id,
        invoices.employee_id,
        coalesce(sellers.org_unit_id, 'unassigned') as org_unit_id,
        invoices.order_id,
        invoices.currency,
        {{ money('invoices.original_net_amount') }} as original_net_amount,
        {{ money('invoices.original_gross_amount') }} as original_gross_amount,
        invoices.exchange_rate,
        invoices.net_amount,
        invoices.gross_amount,
        invoices._file,
        invoices._line
        {{- extra_columns('invoices', 'invoices') }}
    from invoices
    left join {{ ref('int_seller_units') }} as sellers
        on invoices.employee_id = sellers.employee_id
        and invoices.invoiced_on >= sellers.valid_from
        and invoices.invoiced_on < sellers.valid_to

)

select * from with_unit
