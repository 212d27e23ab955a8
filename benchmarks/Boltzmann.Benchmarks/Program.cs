using Boltzmann.Benchmarks;

return args is ["step", .. var rest] ? StepBench.Run(rest) : 0;
