SELECT source, stage, reason, detail FROM rejects WHERE "at" >= $since ORDER BY source
