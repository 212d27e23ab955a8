"""CD-1 in PyTorch as tutorials write it: every line of the formulas a line of code, each making new tensors."""
import torch

import common


class TutorialRbm:
    def __init__(self, weights, visible_bias, hidden_bias, data):
        self.data = torch.from_numpy(data)
        self.weights = torch.from_numpy(weights.copy())
        self.visible_bias = torch.from_numpy(visible_bias.copy())
        self.hidden_bias = torch.from_numpy(hidden_bias.copy())
        self.weights_step = torch.zeros_like(self.weights)
        self.visible_step = torch.zeros_like(self.visible_bias)
        self.hidden_step = torch.zeros_like(self.hidden_bias)

    def hidden_probabilities(self, visible):
        return torch.sigmoid(torch.matmul(visible, self.weights) + self.hidden_bias)

    def visible_probabilities(self, hidden):
        return torch.sigmoid(torch.matmul(hidden, self.weights.t()) + self.visible_bias)

    def step(self, indices):
        v0 = self.data[torch.from_numpy(indices)]
        h0 = self.hidden_probabilities(v0)
        sample = torch.bernoulli(h0)
        v1 = self.visible_probabilities(sample)
        h1 = self.hidden_probabilities(v1)

        positive = torch.matmul(v0.t(), h0)
        negative = torch.matmul(v1.t(), h1)
        gradient = (positive - negative) / len(v0) - common.L2 * self.weights
        self.weights_step = common.MOMENTUM * self.weights_step + common.LEARNING_RATE * gradient
        self.visible_step = common.MOMENTUM * self.visible_step + common.LEARNING_RATE * torch.mean(v0 - v1, 0)
        self.hidden_step = common.MOMENTUM * self.hidden_step + common.LEARNING_RATE * torch.mean(h0 - h1, 0)
        self.weights = self.weights + self.weights_step
        self.visible_bias = self.visible_bias + self.visible_step
        self.hidden_bias = self.hidden_bias + self.hidden_step

    def arrays(self):
        return self.weights.numpy(), self.visible_bias.numpy(), self.hidden_bias.numpy()


if __name__ == "__main__":
    torch.set_num_threads(1)
    with torch.no_grad():
        common.run("PyTorch, tutorial style", torch.__version__, TutorialRbm)
