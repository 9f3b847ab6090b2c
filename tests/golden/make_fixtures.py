# SPDX-License-Identifier: GPL-3.0-only
"""Makes the files that Python's own writers would make, for the tests of core/store. Tests need no Python: run this
only to make the files anew (PyTorch 2.11, safetensors 0.8)."""

import os
from collections import OrderedDict
from pathlib import Path

import torch
from safetensors.torch import save_file

HERE = Path(__file__).parent
VOCABULARY, HIDDEN, LAYERS = 7, 6, 2


def values(k, *shape):
    """Numbers that a formula gives and every float type holds exactly."""
    count = torch.Size(shape).numel()
    return (((torch.arange(count) * 7 + k * 13) % 64 - 32) / 32).reshape(shape).float()


class Feed(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.ffn1 = torch.nn.Linear(HIDDEN, HIDDEN)
        self.ffn2 = torch.nn.Linear(HIDDEN, HIDDEN)
        self.gate = torch.nn.Linear(HIDDEN, HIDDEN)


class Mixer(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.combined = torch.nn.Linear(HIDDEN, 4 * HIDDEN, bias=False)


class Layer(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.alpha = torch.nn.Parameter(torch.tensor(0.5))
        self.self_attention = Mixer()
        self.ffn = Feed()
        self.layer_norm = torch.nn.LayerNorm(HIDDEN)


class Network(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.em = torch.nn.Embedding(VOCABULARY, HIDDEN)
        self.decoder_layers = torch.nn.ModuleList(Layer() for _ in range(LAYERS))
        self.head = torch.nn.Linear(HIDDEN, VOCABULARY, bias=False)


class Malicious:
    def __reduce__(self):
        return os.system, ("touch /tmp/samout_was_here",)


network = Network()
with torch.no_grad():
    for k, parameter in enumerate(network.parameters()):
        parameter.copy_(values(k, *parameter.shape))

# A network, as its owner saves it.
torch.save(network.state_dict(), HERE / "python_state_dict.pth")
# The same in a training checkpoint, of parameters, wrapped, in another protocol and another float type.
checkpoint = {
    "epoch": 3,
    "best": 0.25,
    "args": {"name": "x", "sizes": [1, 2, 3], "device": torch.device("cpu"), "dtype": torch.float32, "seen": {1, 2}},
    "state_dict": OrderedDict(
        ("module." + name, torch.nn.Parameter(p.detach().bfloat16())) for name, p in network.named_parameters()
    ),
}
torch.save(checkpoint, HERE / "python_checkpoint.pth", pickle_protocol=4)
# Every type, and views of storages.
shared = values(1, 20)
kinds = {
    "double": values(0, 2, 3).double(),
    "half": values(0, 2, 3).half(),
    "bfloat16": values(0, 2, 3).bfloat16(),
    "long": torch.tensor([-5, 1 << 40]),
    "int": torch.tensor([-5, 1 << 20], dtype=torch.int32),
    "byte": torch.tensor([0, 255], dtype=torch.uint8),
    "bool": torch.tensor([True, False]),
    "transposed": values(0, 2, 3).t(),
    "tail": shared[15:],
    "every_third": shared[1::3],
    "expanded": values(0, 3).expand(2, 3),
    "empty": torch.zeros(0, 4),
    "scalar": torch.tensor(0.75),
    "not a tensor": "a text",
    "a number": 4,
}
torch.save(kinds, HERE / "python_kinds.pth")
torch.serialization.set_crc32_options(False)
torch.save(network.state_dict(), HERE / "python_no_checksums.pth")
torch.serialization.set_crc32_options(True)

# What is refused.
torch.save({"em.weight": Malicious()}, HERE / "malicious.pth")
torch.save(network, HERE / "python_whole_module.pth")
torch.save(network.state_dict(), HERE / "python_legacy.pth", _use_new_zipfile_serialization=False)

# safetensors, without and with metadata.
tensors = {name: p.detach().clone() for name, p in network.named_parameters()}
save_file(tensors, HERE / "python.safetensors")
save_file({name: t.half() for name, t in tensors.items()}, HERE / "python_metadata.safetensors",
          metadata={"format": "pt", "vocab_size": "7", "hidden_size": "6", "num_heads": "2", "num_layers": "2",
                    "padding_id": "4", "step": "12",
                    "vocabulary": '["[unknown]", "[begin]", "[end]", "[padding]", "a", "\\u00e9", "\\u8bcd"]'})
