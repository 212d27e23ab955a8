"""CD-1 in PyTorch with care: almost nothing is allocated, bias and product are one call, the two outer products are one product of
twice the rows, and momentum, penalty and update happen in place. Uniform numbers and a comparison sample 3 times faster than
torch.bernoulli; W h' is up to 1.7 times faster with OpenBLAS than its transpose h W'."""
import torch

import common


class TunedRbm:
    def __init__(self, weights, visible_bias, hidden_bias, data):
        self.data = torch.from_numpy(data)
        self.weights = torch.from_numpy(weights.copy())
        self.visible_bias = torch.from_numpy(visible_bias.copy())
        self.hidden_bias = torch.from_numpy(hidden_bias.copy())
        self.weights_step = torch.zeros_like(self.weights)
        self.visible_step = torch.zeros_like(self.visible_bias)
        self.hidden_step = torch.zeros_like(self.hidden_bias)
        self.rows = 0

    def prepare(self, rows):
        self.rows = rows
        # Data above, chain below: the outer products of both phases are then one product.
        self.visible, self.hidden = torch.empty(2 * rows, common.VISIBLE), torch.empty(2 * rows, common.HIDDEN)
        self.v0, self.v1 = self.visible[:rows], self.visible[rows:]
        self.h0, self.h1 = self.hidden[:rows], self.hidden[rows:]
        self.uniform, self.sample = torch.empty(rows, common.HIDDEN), torch.empty(rows, common.HIDDEN)
        self.inputs = torch.empty(common.VISIBLE, rows)

    def step(self, indices):
        if self.rows != len(indices):
            self.prepare(len(indices))
        rate = common.LEARNING_RATE / self.rows
        torch.index_select(self.data, 0, torch.from_numpy(indices), out=self.v0)
        torch.addmm(self.hidden_bias, self.v0, self.weights, out=self.h0).sigmoid_()
        torch.rand(self.uniform.shape, out=self.uniform)
        torch.lt(self.uniform, self.h0, out=self.sample)
        torch.addmm(self.visible_bias.unsqueeze(1), self.weights, self.sample.t(), out=self.inputs)
        self.v1.copy_(self.inputs.t()).sigmoid_()
        torch.addmm(self.hidden_bias, self.v1, self.weights, out=self.h1).sigmoid_()

        self.h1.neg_()
        self.hidden_step.mul_(common.MOMENTUM).add_(self.hidden.sum(0), alpha=rate)
        self.visible_step.mul_(common.MOMENTUM).add_(self.v0.sum(0), alpha=rate).sub_(self.v1.sum(0), alpha=rate)
        self.weights_step.addmm_(self.visible.t(), self.hidden, beta=common.MOMENTUM, alpha=rate)
        self.weights_step.add_(self.weights, alpha=-common.LEARNING_RATE * common.L2)
        self.weights.add_(self.weights_step)
        self.visible_bias.add_(self.visible_step)
        self.hidden_bias.add_(self.hidden_step)

    def arrays(self):
        return self.weights.numpy(), self.visible_bias.numpy(), self.hidden_bias.numpy()


if __name__ == "__main__":
    torch.set_num_threads(1)
    with torch.no_grad():
        common.run("PyTorch, tuned", torch.__version__, TunedRbm)
