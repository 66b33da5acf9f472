"""The multi-task network: one MiniLM encoder, heads for codes, mentions and sentences."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import nn
from transformers import BertConfig, BertModel

from models.scheme import CASES


@dataclass(frozen=True, slots=True)
class Outputs:
    """Raw scores.

    `codes` (B, labels); `tags` (B, T, tags); `sentences` (B, T, claim sources + assertions), to
    be averaged over a sentence's tokens; `pooled` (B, 384), the mean over real tokens.
    """

    codes: torch.Tensor
    tags: torch.Tensor
    sentences: torch.Tensor
    pooled: torch.Tensor


class LabelAttention(nn.Module):
    """Each label looks at the tokens that speak of it (Mullenbach et al. 2018, CAML, section 2.2).

    Queries start from the encoder's vectors of the labels' definitions, so that rare labels begin
    near their meaning.
    """

    def __init__(self, definitions: torch.Tensor) -> None:
        super().__init__()
        labels, width = definitions.shape
        self.query = nn.Parameter(nn.functional.normalize(definitions, dim=1) * 4.0)
        self.local = nn.Parameter(torch.zeros(labels, width))
        self.whole = nn.Linear(width, labels)
        self.scale = width**-0.5

    def forward(
        self, hidden: torch.Tensor, pooled: torch.Tensor, mask: torch.Tensor
    ) -> torch.Tensor:
        """Return logits (B, labels) from hidden (B, T, width), pooled (B, width), mask (B, T)."""
        scores = hidden @ self.query.t() * self.scale
        scores = scores + (1.0 - mask.to(scores.dtype)).unsqueeze(-1) * -1e4
        context = torch.softmax(scores, dim=1).transpose(1, 2) @ hidden
        logits: torch.Tensor = (context * self.local).sum(-1) + self.whole(pooled)
        return logits


class MultiTaskNet(nn.Module):
    """MiniLM with three heads.

    Parameters
    ----------
    definitions : Tensor of shape (labels, 384)
    n_tags, n_sentence : int
        Widths of the token and the sentence head.
    """

    def __init__(
        self, encoder: BertModel, definitions: torch.Tensor, n_tags: int, n_sentence: int
    ) -> None:
        super().__init__()
        self.encoder = encoder
        width = encoder.config.hidden_size
        self.codes = LabelAttention(definitions)
        self.tags = nn.Linear(width, n_tags)
        self.sentences = nn.Linear(width, n_sentence)
        self.drop = nn.Dropout(0.1)

    def forward(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor, cases: torch.Tensor
    ) -> Outputs:
        """Score a batch of token ids with their mask and letter cases, each (B, T)."""
        hidden = self.encoder(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=cases
        )
        hidden = self.drop(hidden.last_hidden_state)
        weight = attention_mask.unsqueeze(-1).to(hidden.dtype)
        pooled = (hidden * weight).sum(1) / weight.sum(1).clamp(min=1.0)
        return Outputs(
            self.codes(hidden, pooled, attention_mask),
            self.tags(hidden),
            self.sentences(hidden),
            pooled,
        )


def load_encoder(folder: str, dropout: float = 0.0) -> BertModel:
    """Load MiniLM from `folder` (config.json, model.safetensors).

    Eager attention without dropout of its own: on two cores with bfloat16 four times as fast as the
    default. The last hidden state has its dropout; `dropout` adds some between the layers, which
    pays where training goes on for more epochs.
    """
    config = BertConfig.from_pretrained(folder)
    config.hidden_dropout_prob = dropout
    config.attention_probs_dropout_prob = 0.0
    encoder: BertModel = BertModel.from_pretrained(
        folder, config=config, add_pooling_layer=False, attn_implementation="eager"
    )
    words = encoder.embeddings.word_embeddings
    words.weight.requires_grad = False
    # The encoder knows no letter case; its token types (all 0 so far) carry it from here on.
    plain = encoder.embeddings.token_type_embeddings.weight.data[:1]
    cases = nn.Embedding(CASES, plain.shape[1])
    cases.weight.data = plain.repeat(CASES, 1)
    encoder.embeddings.token_type_embeddings = cases
    encoder.config.type_vocab_size = CASES
    return encoder
