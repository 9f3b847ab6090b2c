# SPDX-License-Identifier: GPL-3.0-only
"""What `samout bench --peer PYTHON` compares with: SamOut as a user of PyTorch writes it.

Usage: peer.py train THREADS DEVICE eager|compile BATCH TIME VOCABULARY HIDDEN HEADS LAYERS
       peer.py generate THREADS DEVICE carry|prefix VOCABULARY HIDDEN HEADS LAYERS
Answers every line of standard input with a line: "step" with the seconds of one training step, "token" with those of
one generated token, "memory" with the bytes of the peak above what was resident before the first step.
"""
import sys
import time

import torch
from torch import nn


def memory(key):
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) * 1024 for line in status if line.startswith(key + ":"))


class MaxState(nn.Module):
    def __init__(self, hidden, heads):
        super().__init__()
        self.heads = heads
        self.combined = nn.Linear(hidden, 4 * hidden, bias=False)

    def forward(self, x, state=None):
        batch, length, hidden = x.shape
        blocks = self.combined(x).chunk(4, -1)
        base, base1, shift, candidate = [b.view(batch, length, self.heads, -1).permute(0, 2, 1, 3) for b in blocks]
        if state is None:
            held = torch.cummax(candidate, dim=2)[0]
        else:
            held = torch.maximum(state, candidate)
        out = (base + base1) * held
        out = (out + shift) * held
        return out.permute(0, 2, 1, 3).contiguous().view(batch, length, hidden), held[:, :, -1:]


class FeedForward(nn.Module):
    def __init__(self, hidden):
        super().__init__()
        self.ffn1 = nn.Linear(hidden, hidden)
        self.ffn2 = nn.Linear(hidden, hidden)
        self.gate = nn.Linear(hidden, hidden)
        self.dropout = nn.Dropout(0.01)

    def forward(self, x):
        return self.dropout(self.ffn2(self.ffn1(x) * torch.relu(self.gate(x))))


class DecoderLayer(nn.Module):
    def __init__(self, hidden, heads):
        super().__init__()
        self.self_attention = MaxState(hidden, heads)
        self.ffn = FeedForward(hidden)
        self.layer_norm = nn.LayerNorm(hidden)
        self.alpha = nn.Parameter(torch.tensor(0.5))

    def forward(self, x, state=None):
        mixed, state = self.self_attention(x, state)
        return self.layer_norm(self.alpha * self.ffn(mixed) + (1 - self.alpha) * x), state


class SamOut(nn.Module):
    def __init__(self, vocabulary, hidden, heads, layers):
        super().__init__()
        self.em = nn.Embedding(vocabulary, hidden, padding_idx=3)
        self.decoder_layers = nn.ModuleList([DecoderLayer(hidden, heads) for _ in range(layers)])
        self.head = nn.Linear(hidden, vocabulary, bias=False)

    def forward(self, tokens, states=None):
        x = self.em(tokens)
        after = []
        for i, layer in enumerate(self.decoder_layers):
            y, state = layer(x, None if states is None else states[i])
            x = y + x
            after.append(state)
        return self.head(x), after


def train(device, mode, batch, length, vocabulary, hidden, heads, layers):
    model = SamOut(vocabulary, hidden, heads, layers).to(device)
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    forward = torch.compile(model) if mode == "compile" else model
    tokens = torch.randint(0, vocabulary, (batch, length + 1), device=device)

    def step():
        begin = time.perf_counter()
        logits = forward(tokens[:, :-1])[0].reshape(-1, vocabulary)
        loss = nn.functional.cross_entropy(logits, tokens[:, 1:].reshape(-1), ignore_index=3)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        loss.item()
        return time.perf_counter() - begin

    return step


def generate(device, mode, vocabulary, hidden, heads, layers):
    model = SamOut(vocabulary, hidden, heads, layers).to(device).eval()
    tokens = torch.randint(0, vocabulary, (1, 256), device=device)
    states = None

    @torch.inference_mode()
    def token():
        nonlocal tokens, states
        begin = time.perf_counter()
        if mode == "prefix":
            logits = model(tokens)[0]
        else:
            logits, states = model(tokens[:, -1:] if states else tokens, states)
        drawn = torch.multinomial(torch.softmax(logits[0, -1], -1), 1)
        drawn.item()
        tokens = torch.cat([tokens[:, 1:], drawn.view(1, 1)], 1)
        return time.perf_counter() - begin

    return token


def main():
    torch.manual_seed(0)
    torch.set_num_threads(int(sys.argv[2]))
    make = train if sys.argv[1] == "train" else generate
    run = make(sys.argv[3], sys.argv[4], *[int(x) for x in sys.argv[5:]])
    before = memory("VmRSS")
    for line in sys.stdin:
        if line.strip() == "memory":
            print(memory("VmHWM") - before, flush=True)
        else:
            print(run(), flush=True)


main()
