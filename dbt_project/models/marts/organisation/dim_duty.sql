select
    duties.rule_id,
    duties.duty_id,
    duties.name_zh,
    duties.name_en,
    cast(duties.duty_order as integer) as duty_order,
    bearers.involvement,
    case when bearers.org_unit_id is null then 'level' else 'org_unit' end as bearer_kind,
    coalesce(bearers.org_unit_id, bearers.org_level) as bearer,
    duties.effective_from as valid_from,
    coalesce(duties.effective_to, {{ far_day() }}) as valid_to,
    {{ in_force('duties', as_of()) }} as is_in_force
from {{ source('rulebook', 'duties') }} as duties
inner join {{ source('rulebook', 'duty_bearers') }} as bearers
    on duties.rule_id = bearers.rule_id
    and duties.duty_id = bearers.duty_id
