SELECT model_id, dimension, status, trained_at, card, promoted_at, reason FROM models
