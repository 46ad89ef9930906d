SELECT decision_id, subject, question, CAST(reference_date AS VARCHAR) AS reference_date, text, responsible,
       coalesce(CAST(due_date AS VARCHAR), '') AS due_date, base_snapshot_id, CAST(noted_at AS VARCHAR) AS noted_at,
       coalesce(CAST(withdrawn_at AS VARCHAR), '') AS withdrawn_at
FROM decision LEFT JOIN decision_withdrawal USING (decision_id)
ORDER BY decision.noted_at, decision_id
