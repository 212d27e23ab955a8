using BenchmarkDotNet.Running;
using Boltzmann.Benchmarks;

if (args is ["callers", .. var rest]) return CallersBench.Run(rest);
BenchmarkSwitcher.FromAssembly(typeof(CallersBench).Assembly).Run(args, Configuration.Create());
return 0;
