using BenchmarkDotNet.Running;
using Boltzmann.Benchmarks;

if (args is ["step", .. var rest]) return StepBench.Run(rest);
if (args is ["callers", .. var others]) return CallersBench.Run(others);
BenchmarkSwitcher.FromAssembly(typeof(StepBench).Assembly).Run(args, Configuration.Create());
return 0;
