SELECT decision_id, subject, question, reference_date, text, responsible, due_date, base_snapshot_id, noted_at
FROM decision ANTI JOIN decision_withdrawal USING (decision_id)
ORDER BY noted_at, decision_id
