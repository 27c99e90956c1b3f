with documents as (

    {% for document, model, day in [('quote', 'stg_quotes', 'quoted_on'), ('contract', 'stg_sales_contracts', 'signed_on')] %}
    select opportunity_id, '{{ document }}' as document, {{ day }} as dated_on
    from {{ ref(model) }}
    where opportunity_id is not null
    union all
    select documents.opportunity_id, 'order', orders.ordered_on
    from {{ ref(model) }} as documents
    inner join {{ ref('stg_orders') }} as orders
        on documents.order_id = orders.order_id
    where documents.opportunity_id is not null
    {{ 'union all' if not loop.last }}
    {% endfor %}

)

select opportunity_id, document, min(dated_on) as dated_on
from documents
where dated_on <= {{ as_of() }}
group by opportunity_id, document
