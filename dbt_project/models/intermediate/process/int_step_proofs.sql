{% set fields = [
    'customer_id', 'employee_id', 'amount', 'expected_close_on', 'product_line', 'lead_source', 'competitor_id', 'lost_reason',
    'need', 'budget_amount', 'decision_maker',
] %}
-- A field may have been filled on any day since the export before: the first of them counts for the seller.
with versions as (

    select
        *,
        coalesce({{ add_days('lag(known_on) over (partition by opportunity_id order by version_number)', 1) }}, created_on)
            as empty_until
    from {{ ref('int_opportunity_versions') }}
    where not is_deleted

),

proofs as (

    {% for field in fields %}
    select
        opportunity_id,
        'field' as kind,
        '{{ field }}' as what,
        empty_until as proven_on
    from versions
    where trim(cast({{ field }} as {{ dbt.type_string() }})) <> ''
    union all
    {% endfor %}
    select opportunity_id, 'activity', kind, activity_on
    from {{ ref('int_opportunity_activities') }}
    union all
    select opportunity_id, 'activity', 'any', activity_on
    from {{ ref('int_opportunity_activities') }}
    union all
    select opportunity_id, 'document', document, dated_on
    from {{ ref('int_opportunity_documents') }}

)

select opportunity_id, kind, what, min(proven_on) as proven_on
from proofs
group by opportunity_id, kind, what
