select
    closure.ancestor_id as org_unit_id,
    shifted.business_date,
    shifted.measure,
    sum(shifted.amount) as amount
from {{ ref('int_shifted_days') }} as shifted
inner join {{ ref('dim_org_unit_closure') }} as closure
    on shifted.org_unit_id = closure.descendant_id
    and shifted.unit_since >= closure.valid_from
    and shifted.unit_since < closure.valid_to
where shifted.view_of = 'prior_year'
group by closure.ancestor_id, shifted.business_date, shifted.measure
