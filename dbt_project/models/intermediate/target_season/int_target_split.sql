{{ split_targets(ref('int_split_owners'), ref('int_split_totals'), ref('int_split_locks'), ref('int_split_profile')) }}
