with of_lines as (

    select distinct business_date, customer_id, employee_id, org_unit_id, unit_since, territory_id, product_line
    from {{ ref('int_order_lines') }}

),

of_documents as (

    select distinct business_date, customer_id, employee_id, territory_id, product_line
    from {{ ref('int_invoiced_events') }}

),

of_documents_with_unit as (

    select
        documents.business_date,
        documents.customer_id,
        documents.employee_id,
        {{ credited_unit('sellers') }},
        documents.territory_id,
        documents.product_line
    from of_documents as documents
    left join {{ ref('int_seller_units') }} as sellers
        on documents.employee_id = sellers.employee_id
        and documents.business_date >= sellers.valid_from
        and documents.business_date < sellers.valid_to

),

both_kinds as (

    select * from of_lines
    union
    select * from of_documents_with_unit

)

select * from both_kinds
where customer_id is not null
